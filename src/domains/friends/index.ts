export { accept, PersonForm, reconsider, refuse, remove } from './answer.ts';
export { type Asked, AskForm, ask, RequestForm, withdraw } from './ask.ts';
export { noteSpoken } from './listen.ts';
export { holdsOffice, isFriend, isStranger, persons, reaches, sharesUnit } from './policy.ts';
export {
	type Bond,
	bondWith,
	type Friend,
	friendsOf,
	mustKnow,
	type Request,
	requestsFrom,
	requestsTo,
	type Suggested,
	statusNow,
	suggestions,
} from './queries.ts';
