export { neverLent } from '../blueprint.ts';
export { claimDays } from '../jobs.ts';
export { AppointForm, appoint, EndTermForm, endTerm } from './appoint.ts';
export { candidates } from './candidates.ts';
export { ClaimForm, claim, DecideForm, decideClaim, WithdrawForm, withdrawClaim } from './claims.ts';
export { editGate, GateForm, gateList, previewGate, ruleFrom } from './gates.ts';
export { acceptHandover, cancelHandover, confirmHandover, ProposeForm, proposeHandover } from './handover.ts';
export { handoverPage, ownTerms } from './handover-page.ts';
export {
	CreateKindForm,
	createKind,
	EditKindForm,
	editKind,
	MoveLineForm,
	moveKind,
	RemoveKindForm,
	removeKind,
} from './kinds.ts';
export { EndLoanForm, endLoan, LoanForm, lend, lendableAt } from './loans.ts';
export { holdsAtTop } from './policy.ts';
export {
	CreateOfficeForm,
	createOffice,
	EditOfficeForm,
	editOffice,
	moveOffice,
	RetireOfficeForm,
	retireOffice,
} from './posts.ts';
export { bureauOf, type Holder, headOf, holdersFor, officesToFill } from './queries.ts';
export { recoveriesToCount, recoveriesToDecide, turnDown, vouchFor } from './recoveries.ts';
export {
	claimsToDecide,
	ownHandovers,
	ownLoans,
	type UnledUnit,
	unitsWithoutOfficer,
} from './responsibilities.ts';
export { officersNamed, rights, why } from './rights.ts';
export { kindList, kindNames, kindPage, officePage } from './structure.ts';
export { atOnce, twentyMinutes } from './twenty-minutes.ts';
