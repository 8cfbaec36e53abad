import { type RequestEvent, redirect } from '@sveltejs/kit';
import { holderOfEnded } from '#domains/people/index.ts';
import { type Access, type Entrance, enter, isFresh, rates } from '#platform/access.ts';
import { notFound, Refusal, secondFactorFirst, signInFirst } from '#platform/errors.ts';
import { rateOf, refuseBulk } from '#platform/http/body.ts';
import { hasWords, sentWith } from '#platform/http/sent.ts';
import { sessionCookie } from '#platform/http/session-cookie.ts';
import { refuseUnwritable } from '#platform/http/signs.ts';
import { keepUnsent } from '#platform/http/unsent.ts';
import { throttle } from '#platform/throttle.ts';
import { accessOf } from '#registry.ts';

/** Default deny: a route nobody declared does not exist; a declared one opens to whom its gate says. */
export async function door(event: RequestEvent): Promise<void> {
	const { locals, url, request } = event;
	// Nothing is hydrated, so no page is ever asked for as data.
	if (event.isDataRequest) throw notFound();
	const action = request.method === 'POST' ? actionOf(url) : null;
	const access =
		accessOf(request.method, event.route.id!, action) ?? accessOf(request.method, event.route.id!, null);
	if (!access || (access.demo && !locals.house.demo)) throw notFound();
	if (!locals.house.founded && !isFirstRun(url)) redirect(303, '/premiers-pas');
	refuseUnwritable(event);
	await refuseAtDoor(event, access);
	// What a program sends is judged by the verb it asks for.
	if (event.route.id !== programs) refuseBulk(request, access);
	await slowDown(event, access);
}

const programs = '/api/v1/[...path]';

/** A page leads to what is missing (sign-in, confirmation, second factor) and back; the API says it. */
async function refuseAtDoor(event: RequestEvent, access: Access): Promise<void> {
	const { locals, url } = event;
	const entrance = enter(locals.viewer, access.gate);
	if (entrance === 'hidden') throw notFound();
	const needsFactor = entrance === 'second-factor' || (access.stepUp && !isFresh(locals.viewer));
	if (entrance === 'in' && !needsFactor) return;
	if (url.pathname.startsWith('/api/')) throw needsFactor ? secondFactorFirst() : signInFirst();
	const kept = await keepForm(event, access);
	if (!kept) await giveBack(event, entrance);
	const back = encodeURIComponent(wayBack(event, kept));
	// A way back longer than a header may be is not a page of ours.
	leadToDoor(entrance, back.length > 2000 ? encodeURIComponent(url.pathname) : back);
}

/** Where one comes back to once let in: the page that was asked, the form as it was written, or its page when nothing was. */
function wayBack({ request, url }: RequestEvent, kept: string | null): string {
	if (request.method === 'GET') return url.pathname + url.search;
	return kept ? `/reprendre/${kept}` : url.pathname;
}

/** Written where nobody is signed in any more and it is not known by whom: the words are given back, with the way to sign in. */
async function giveBack(event: RequestEvent, entrance: Entrance): Promise<void> {
	if (entrance !== 'sign-in') return;
	const sent = await sentWith(event);
	if (sent && (await hasWords(sent))) throw new Refusal('SignIn', [{ field: '', key: 'app.session_over' }]);
}

async function keepForm(
	{ locals, request, url, cookies }: RequestEvent,
	access: Access,
): Promise<string | null> {
	if (request.method !== 'POST') return null;
	const secret = cookies.get(sessionCookie(url));
	const author = locals.viewer.id ?? (secret && (await holderOfEnded(secret))?.id);
	if (!author) return null;
	refuseBulk(request, access);
	await throttle({ [`write:${author}`]: rates.write });
	const sent = await request.formData().catch(() => null);
	return sent && keepUnsent(author, url.pathname + url.search, sent);
}

function leadToDoor(entrance: Entrance, next: string): never {
	if (entrance === 'sign-in') redirect(303, `/connexion?next=${next}`);
	redirect(303, entrance === 'confirm' ? '/bienvenue' : `/compte/verification?next=${next}`);
}

const actionOf = (url: URL) =>
	[...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default';

const isFirstRun = (url: URL) =>
	['/premiers-pas', '/langue', '/theme.css', '/theme.svg', '/health'].includes(url.pathname);

async function slowDown({ locals, getClientAddress, request }: RequestEvent, access: Access): Promise<void> {
	const rate = rateOf(request, access);
	if (rate === 'read') return;
	const whom = locals.viewer.id ?? getClientAddress();
	await throttle({ [`${rate}:${whom}`]: rates[rate] });
}
