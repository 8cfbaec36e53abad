import { createToken } from '#domains/people/token.ts';
import { type Answer, browser } from './browse.ts';
import type { CastName } from './party.ts';
import { as } from './stage.ts';

/** What a program sends with the key it holds, and no cookie: method, path after `/api/v1`, body, more headers. */
export type Call = (
	method: string,
	path: string,
	body?: unknown,
	more?: Record<string, string>,
) => Promise<Answer>;

/** A program of somebody, at the door of the house, with a key for these scopes. */
export async function byKey(name: CastName, scopes: readonly string[]): Promise<Call> {
	const viewer = { ...(await as(name)), secondFactor: true, factorAt: new Date() };
	const key = await createToken(viewer, { name: 'Agenda', scopes: [...scopes], days: '30' }, scopes);
	const { send } = await browser('visitor');
	return (method, path, body, more = {}) =>
		send(method, `/api/v1${path}`, body, { authorization: `Bearer ${key}`, ...more });
}

/** What it answers. */
export const json = ({ html }: Answer) => JSON.parse(html);

/** Its status, and the field and code of each problem. */
export const faultsIn = (answer: Answer): string => {
	const { errors = [] } = answer.html ? json(answer) : {};
	const said = errors.map(({ field, code }: { field: string; code: string }) => `${field} ${code}`.trim());
	return [answer.status, ...said].join(' ');
};
