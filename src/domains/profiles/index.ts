export { AboutForm, ownLines, ReachForm, RowsForm, saveAbout, saveReach, saveRows } from './edit.ts';
export {
	countPeople,
	type FoundPerson,
	forgiveTypos,
	goesLike,
	holdsWords,
	peopleLike,
	rank,
	startsWord,
	wordsOf,
} from './find.ts';
export { noteAllLooks } from './likeness.ts';
export { type Opened, OpenForm, openContact, openPerson } from './open.ts';
export { PhotoForm, removePhoto, savePhoto } from './photo.ts';
export { type Audience, audiences } from './policy.ts';
export { type Line, type Profile, type RowKind, rowAddress, rowKinds, showPerson } from './show.ts';
export { type FoundToWrite, findPeople } from './to-write.ts';
export { type Opening, type Watcher, whoOpenedMe, whoSeesMe } from './watchers.ts';
