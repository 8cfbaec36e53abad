import { asSystem } from '#platform/db.ts';
import { redrawFile } from '#platform/files/keep.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendLetter } from './letter.ts';
import { dropFilesOf } from './send.ts';

const draw = async ({ fileId }: { fileId: string }): Promise<void> => {
	await redrawFile(fileId, (work) => asSystem('images', work));
};

const forgetFiles = ({ messageId }: { messageId: string }): Promise<void> =>
	asSystem('messages', (tx) => dropFilesOf(tx, messageId));

export const jobs: JobDefinition<never>[] = [
	{ name: 'messages.image', policy: 'house', work: draw, retries: 3 } as JobDefinition<never>,
	{ name: 'messages.forget_files', policy: 'house', work: forgetFiles } as JobDefinition<never>,
	{ name: 'messages.letter', policy: 'house', work: sendLetter } as JobDefinition<never>,
];
