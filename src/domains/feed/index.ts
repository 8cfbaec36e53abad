export { aboutSubject } from './about-subject.ts';
export {
	CommentForm,
	comment,
	EditCommentForm,
	editComment,
	removeComment,
	restoreComment,
} from './comment.ts';
export { type Documents, documentsOf, type GroupDocument, pinnedIn } from './documents/list.ts';
export { PinForm, pin, unpin } from './documents/pin.ts';
export { DraftForm, keepDraft } from './draft.ts';
export { EditForm, edit, toEdit } from './edit.ts';
export { composer, home, pageOf } from './home.ts';
export { inGroup } from './in-group.ts';
export * from './list/index.ts';
export { publishSent } from './publish.ts';
export { goesFar } from './reach.ts';
export { remove, restore, undo } from './remove.ts';
export { type Said, said } from './said.ts';
export { findPosts } from './search.ts';
export { publishAs } from './seed.ts';
export { type SilentUnit, silentUnits } from './silent.ts';
export { thank, unthank } from './thank.ts';
export { thread } from './thread.ts';
export { VoteForm, vote } from './vote.ts';
