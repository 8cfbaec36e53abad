import type { Actor } from './actors.ts';
import { atApi, atDoor, type Door, type Outcome } from './door.ts';
import type { Crowd, Guise } from './who.ts';

/** One door, one thing behind it in one state, and who we expect to pass: crossed with every actor. */
export interface Target {
	/** Key of the route's declaration, `POST /fil?thank`. */
	route: string;
	/** The thing and its state: `post removed`. */
	about: string;
	method: string;
	path: string;
	body?: Body;
	/** Who passes door and rule; absent: whoever passes the door. */
	in?: Crowd;
	/** Who sees the thing and may not do this. The rest must not know that it exists. */
	forbidden?: Crowd;
	/** To those let in, the form may answer that something is wrong with the thing's state (409, 422). */
	busy?: true;
	/** Who sees the thing is told in words why not (409, 422: too late, over already) rather than with a bare refusal. */
	told?: true;
	/** The act itself asks for a fresh second factor, before it looks for the thing. */
	factor?: true;
	/** Those let in are led to another page that is a door for visitors too. */
	leads?: true;
	/** Texts that those let in find in the answer, or not. */
	finds?: Record<string, Crowd>;
	/** Rules that this tells apart besides the one declared: `feed.comment.reply`. */
	rules?: string[];
}
/** Numbers are for programs: a form sends texts. */
export type Body = Record<string, string | number | boolean | (string | number)[]>;
type Rest = Omit<Target, 'route' | 'about' | 'method' | 'path'>;

/** Describes a target; the action's name comes from the route. */
export function at(route: string, about: string, path: string, rest: Rest = {}): Target {
	const [method, pattern] = route.split(' ') as [string, string];
	const action = /\?(\w+)$/.exec(pattern)?.[1];
	const suffix = action && action !== 'default' ? `${path.includes('?') ? '&' : '?'}/${action}` : '';
	return { route, about, method: method === '*' ? 'GET' : method, path: path + suffix, ...rest };
}

export const isApi = (target: Pick<Target, 'path'>) =>
	target.path.startsWith('/api/') && !target.path.endsWith('openapi.json');

/** What a cookie does not do through the API. */
export const isForTokens = ({ method, path }: Pick<Target, 'method' | 'path'>) =>
	method !== 'GET' || path.startsWith('/api/v1/files/');

/** How an actor comes to this target: pages take no token, a token has no second factor, and only tokens write through the API or fetch files there. */
export function guiseOf(actor: Actor, target: Target): Guise {
	if (!isApi(target)) return actor.cookie ? actor.name : 'visitor';
	const byToken = actor.token && (isForTokens(target) || !actor.cookie);
	if (!byToken) return actor.cookie ? actor.name : 'visitor';
	return alone.has(actor.name) || actor.name.endsWith('-token') ? actor.name : `${actor.name}-token`;
}
const alone = new Set(['no-scope', 'forged', 'awa', 'thibaud', 'josiane']);

/** What we expect, from the frozen door of the route and the sets written by hand. */
export function expected(target: Target, door: Door, actor: Actor): Outcome {
	const guise = guiseOf(actor, target);
	const passed = isApi(target)
		? atApi(door, guise, isForTokens(target), Boolean(actor.token))
		: atDoor(door, guise);
	if (passed !== 'in' || !target.in) return passed;
	if (target.in.includes(guise)) return 'in';
	return target.forbidden?.includes(guise) ? 'forbidden' : 'hidden';
}

/** Whether what came is what we expect; a form that finds fault with its input only counts where we said so. */
export function fits(target: Target, wanted: Outcome, got: Outcome): boolean {
	if (wanted === 'hidden' && target.factor) return got === 'hidden' || got === 'door';
	if (wanted !== 'in')
		return got === wanted || (wanted === 'forbidden' && got === 'refused' && Boolean(target.told));
	return (
		got === 'in' ||
		(got === 'refused' && (Boolean(target.busy) || !target.in)) ||
		(got === 'door' && Boolean(target.leads))
	);
}

/** More was given than we expect: past the rule, or past the door, or the thing's existence. */
export const isLeak = (wanted: Outcome, got: Outcome) => got !== 'crash' && rank[got] > rank[wanted];
const rank: Record<Outcome, number> = { crash: 0, hidden: 0, door: 0, forbidden: 1, refused: 2, in: 2 };

/** Texts that somebody let in finds and should not, or misses. */
export function strays(target: Target, guise: Guise, text: string): { shown: string[]; missed: string[] } {
	const words = Object.entries(target.finds ?? {});
	return {
		shown: words.filter(([word, some]) => text.includes(word) && !some.includes(guise)).map(([word]) => word),
		missed: words
			.filter(([word, some]) => !text.includes(word) && some.includes(guise))
			.map(([word]) => word),
	};
}
