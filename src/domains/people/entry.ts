import type { Cookies, RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import type { Done } from '#platform/http/form.ts';
import { ownPath } from '#platform/http/next.ts';
import { keepSession } from '#platform/http/session-cookie.ts';
import { seal, unseal } from '#platform/seal.ts';
import { keepDisplay } from './display-cookies.ts';
import type { Entered } from './enter.ts';
import { keepPass } from './whence.ts';

/** What this browser is in the middle of proving. */
export type Step = 'code' | 'factor' | 'number' | 'email' | 'oidc' | 'merge';

const name = (step: Step) => `entry-${step}`;

/** Keeps in the browser what it will need at the next step, for a quarter of an hour. */
export const keepStep = (
	{ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>,
	step: Step,
	value: string,
) => cookies.set(name(step), value, inBrowser(url));

const inBrowser = (url: URL) =>
	({ path: '/', httpOnly: true, sameSite: 'lax', secure: url.protocol === 'https:', maxAge: 900 }) as const;

/** What was kept for a step, or null. */
export const stepOf = (cookies: Cookies, step: Step): string | null =>
	cookies.get(name(step))?.slice(0, 200) ?? null;

export const dropStep = (cookies: Cookies, step: Step) => cookies.delete(name(step), { path: '/' });

/** What somebody said of themselves before a code left, so that asking another one is not writing it all again. */
export interface Said {
	email: string;
	name?: string;
}

const saidName = 'entry-said';
const Said = v.object({ email: v.pipe(v.string(), v.maxLength(320)), name: v.optional(v.string()) });

/** Keeps it in their browser, sealed, as long as the code may serve. */
export const keepSaid = ({ cookies, url }: Pick<RequestEvent, 'cookies' | 'url'>, said: Said) =>
	cookies.set(saidName, seal(saidName, JSON.stringify(said)), inBrowser(url));

/** What was said, as it was; null when nothing was, or when what comes is not ours. */
export function saidOf(cookies: Cookies): Said | null {
	const sealed = cookies.get(saidName);
	if (!sealed || sealed.length > 3000) return null;
	try {
		return v.parse(Said, JSON.parse(unseal(saidName, sealed))) as Said;
	} catch {
		return null;
	}
}

/** Adds where to go afterwards to an address. */
export const withNext = (path: string, next: string) =>
	next === '/' ? path : `${path}?next=${encodeURIComponent(next)}`;

/** Where the person wanted to go when they were asked who they are. */
export const nextOf = (url: URL) => ownPath(url.searchParams.get('next'));

/** Goes on after a proof: in, with the session in the browser, or to the one more question. */
export function goOn(
	event: Pick<RequestEvent, 'cookies' | 'url'>,
	entered: Entered,
	next = nextOf(event.url),
): Done & { to: string } {
	if (entered.kind !== 'in') {
		keepStep(event, entered.kind, entered.ticket);
		return {
			to: withNext(entered.kind === 'factor' ? '/connexion/second-facteur' : '/bienvenue/numero', next),
		};
	}
	for (const step of ['code', 'factor', 'number'] as const) dropStep(event.cookies, step);
	event.cookies.delete(saidName, { path: '/' });
	keepSession(event.cookies, event.url, entered.secret);
	keepPass(event, entered);
	keepDisplay(event.cookies, event.url, entered.display);
	return { to: entered.isArriving ? '/bienvenue/section' : next === '/' ? '/fil' : next };
}
