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
export { DecideForm, suspensionDays, take } from './decide.ts';
export { figures } from './figures.ts';
export { type Entry, journal, type Search } from './journal/read.ts';
export { lateToJudge } from './late.ts';
export { isApartFrom, neitherBlocked, reports } from './policy.ts';
export { appealsToHear } from './queue.ts';
export { houseRules, report, subjectKinds } from './report.ts';
export { slowedUntil } from './slow.ts';
export {
	casesToJudge,
	caseToJudge,
	declareSubjects,
	judge,
	kindNamed,
	ReportOfForm,
	reported,
	reportSeen,
	type SubjectReader,
	type Told,
} from './subjects.ts';
