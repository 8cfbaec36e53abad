export { CoverForm, dropCover, headOf, setCover } from './cover.ts';
export { CreateForm, type Creation, create } from './create.ts';
export { type Discussion, type Far, farFrom, farPlace, type SubjectPage, showSubject } from './elsewhere.ts';
export { AskForm, accept, ask, decline, join, leave, withdraw } from './enter.ts';
export { FeedForm, FollowForm, follow, listSubjects, showAtHome, unfollow } from './follow.ts';
export { PersonForm, visibilities } from './input.ts';
export { invite, uninvite } from './invite.ts';
export {
	admit,
	EditForm,
	ExcludeForm,
	edit,
	exclude,
	handOver,
	nameSuccessor,
	note as noteOnGroup,
	readmit,
	reconsider,
	refuse,
	revive,
	SuccessorForm,
} from './lead.ts';
export { coverOf, type GroupLine, type SubjectName } from './lines.ts';
export * from './links/index.ts';
export { type Member, type Pending, type People, peopleOf } from './people.ts';
export { circles, groupsOfAsker, isOpenGroup, leadsGroup, postsInGroup, readsGroup } from './policy.ts';
export {
	findGroups,
	type Group,
	listGroups,
	officialPlaces,
	showGroup,
	subjectsIn,
	subjectsOf,
	type View,
	views,
} from './queries.ts';
export { followAs, offerAs, openAs, proposeAs } from './seed.ts';
export { similarTo } from './similar.ts';
export {
	addSubject,
	MoveSubjectForm,
	moveSubject,
	OneSubjectForm,
	renameSubject,
	restoreSubject,
	retireSubject,
	SubjectForm,
} from './subjects/keep.ts';
export { holdMerge, MergeForm, mergeSubject, partSubject, undoneOf } from './subjects/merge.ts';
export type { Merge } from './subjects/move.ts';
export {
	AcceptForm,
	AnswerForm,
	acceptProposal,
	answerProposal,
	ProposeForm,
	proposeSubject,
	WithdrawForm,
	withdrawProposal,
} from './subjects/propose.ts';
export { type Merged, ownProposals, subjectKept, subjectsKept } from './subjects/read.ts';
