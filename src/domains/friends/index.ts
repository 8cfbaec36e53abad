export { accept, PersonForm, reconsider, refuse, remove } from './answer.ts';
export { apartFrom, block, mute } from './apart.ts';
export { type Asked, AskForm, ask, RequestForm, withdraw } from './ask.ts';
export { noteSpoken } from './listen.ts';
export { holdsOffice, isFriend, isStranger, persons, reaches, sharesUnit } from './policy.ts';
export {
	type Bond,
	bondWith,
	type Friend,
	friendsOf,
	hasMet,
	type Request,
	requestsFrom,
	requestsTo,
	type Suggested,
	statusNow,
	suggestions,
} from './queries.ts';
export { RestoreForm, restore } from './restore.ts';
