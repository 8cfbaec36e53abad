export { apartFrom, block, mute, PersonForm, setApart, unblock, unmute } from './apart.ts';
export {
	AppealForm,
	appeal,
	appealOf,
	decisionOf,
	decisionsAboutMe,
	HearForm,
	hearAppeal,
} from './appeal.ts';
export { DecideForm, decide, suspensionDays, take } from './decide.ts';
export { figures } from './figures.ts';
export { type Entry, journal, type Search } from './journal/read.ts';
export { lateToJudge } from './late.ts';
export { isApartFrom, neitherBlocked, reports } from './policy.ts';
export { appealsToHear, caseOf, queue } from './queue.ts';
export { houseRules, ReportForm, report, type Subject, type SubjectKind, subjectKinds } from './report.ts';
