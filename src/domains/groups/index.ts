export { CoverForm, dropCover, setCover } from './cover.ts';
export { CreateForm, type Creation, create } from './create.ts';
export { type Discussion, type SubjectPage, showSubject } from './elsewhere.ts';
export { AskForm, accept, ask, decline, join, leave, withdraw } from './enter.ts';
export { FollowForm, follow, listSubjects, unfollow } from './follow.ts';
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
export type { GroupLine, SubjectName } from './lines.ts';
export * from './links/index.ts';
export { type Member, type Pending, type People, peopleOf } from './people.ts';
export { circles, isOpenGroup, leadsGroup, postsInGroup, readsGroup } from './policy.ts';
export {
	findGroups,
	type Group,
	type GroupSaid,
	groupSaid,
	listGroups,
	officialPlaces,
	showGroup,
	subjectsOf,
	type View,
	views,
} from './queries.ts';
export { offerAs, openAs } from './seed.ts';
export { similarTo } from './similar.ts';
