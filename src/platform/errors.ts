/** What a refusal means for the person. The web layer turns it into a status once, in `hooks.server.ts`. */
export type RefusalName =
	| 'NotFound'
	| 'Forbidden'
	| 'Invalid'
	| 'SignIn'
	| 'SecondFactor'
	| 'TooMany'
	| 'Conflict';

const statuses: Record<RefusalName, number> = {
	NotFound: 404,
	Forbidden: 403,
	Invalid: 422,
	SignIn: 401,
	SecondFactor: 403,
	TooMany: 429,
	Conflict: 409,
};

/** A problem with one field of what a person sent: a key of the word catalogues and its arguments. */
export interface Problem {
	field: string;
	/** A key of the word catalogues, such as `people.email_unknown_shape`. */
	key: string;
	args?: Record<string, string | number>;
}

/** Something a person may not do, or sent wrong. Expected: it is not logged as a bug. */
export class Refusal extends Error {
	readonly status: number;
	/** Seconds to wait, for `TooMany`. */
	retryAfter = 0;
	readonly problems: Problem[];

	constructor(name: RefusalName, problems: Problem[] = [], detail = '') {
		super(detail || name);
		this.name = name;
		this.status = statuses[name];
		this.problems = problems;
	}
}

/** It does not exist, or not for this person: the two must look the same. */
export const notFound = () => new Refusal('NotFound');
/** The same for the link of a mail, which may have been cut on its way or be over: the page says so. */
export const linkOver = () => new Refusal('NotFound', [{ field: '', key: 'app.link_over' }]);
/** The person sees the thing but may not do this to it. */
export const forbidden = (key?: string) => new Refusal('Forbidden', key ? [{ field: '', key }] : []);
/** What was sent cannot be taken; each problem is shown at its field. */
export const invalid = (problems: Problem[] | Problem) => new Refusal('Invalid', [problems].flat());
/** Shorthand of `invalid` for one field. */
export const invalidField = (field: string, key: string, args?: Problem['args']) =>
	invalid(args ? { field, key, args } : { field, key });
/** The person has to sign in first. */
export const signInFirst = () => new Refusal('SignIn');
/** The act needs a second factor given within the last ten minutes. */
export const secondFactorFirst = () => new Refusal('SecondFactor');
/** Somebody changed it meanwhile; nothing was overwritten. */
export const conflict = (key: string, args?: Problem['args']) =>
	new Refusal('Conflict', [args ? { field: '', key, args } : { field: '', key }]);
/** Too many tries; `seconds` says when to come back. */
export function tooMany(seconds: number): Refusal {
	const refusal = new Refusal('TooMany', [{ field: '', key: 'app.too_many', args: { seconds } }]);
	refusal.retryAfter = seconds;
	return refusal;
}
