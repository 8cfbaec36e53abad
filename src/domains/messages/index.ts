export { rejoin } from './back.ts';
export { type Exhibit, exhibitFor, ShowForm, showable, showToModerators } from './exhibit.ts';
export { MessageForm } from './input.ts';
export {
	type Letter,
	LetterForm,
	letterTo,
	officesToWriteFor,
	writeLetter,
} from './letter.ts';
export { markDelivered, markRead } from './marks.ts';
export { sealedHolders } from './put.ts';
export { conversationsOf, countRequests, type Line, unreadMessages } from './queries.ts';
export { converse, type Told, writeOnce } from './seed.ts';
export { EditForm, edit, remove, SendForm, send } from './send.ts';
export { StartForm, start } from './start.ts';
export { AddForm, accept, add, hush, KeepForm, keep, leave, reconsider, refuse } from './take-part.ts';
export { numberIn, type Said, type Thread, thread } from './thread.ts';
export { type Chosen, chosenFrom, type Found, peopleToAdd, suggested } from './whom.ts';
