import { launch, reopen, settle } from './launch.ts';
import { signaturesFile } from './read.ts';
import { confirm, retract, signAsMember, signAsVisitor, signatureAt, unsign } from './sign.ts';

export { ExportForm, LaunchForm, SettleForm, SignForm } from './input.ts';
export { findPetitions, type Petition, petitionSaid, petitionsFor, showPetition } from './read.ts';

/** What one does with a petition. */
export const petition = {
	...{ launch, settle, reopen, signAsMember, unsign, signAsVisitor },
	...{ signatureAt, confirm, retract, signaturesFile },
};
