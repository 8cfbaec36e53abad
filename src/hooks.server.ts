import { randomUUID } from 'node:crypto';
import { type RequestEvent, redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { holderOfEnded, stepUpOnce, whenceOf } from '#domains/people/index.ts';
import { viewerOfSession, viewerOfToken, viewerOfVisitor } from '#domains/territory/index.ts';
import { type Access, type Entrance, enter, isFresh, rates } from '#platform/access.ts';
import { notFound, Refusal, secondFactorFirst, signInFirst } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { problemResponse } from '#platform/http/api.ts';
import { plainBodyMax, refuseBulk } from '#platform/http/body.ts';
import { protect } from '#platform/http/headers.ts';
import { sessionCookie } from '#platform/http/session-cookie.ts';
import { refuseUnwritable } from '#platform/http/signs.ts';
import { keepUnsent } from '#platform/http/unsent.ts';
import { openQueues, startWorkers } from '#platform/jobs.ts';
import { prepareKeys } from '#platform/seal.ts';
import { refuseStart } from '#platform/self-check.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { accessOf, apps } from '#registry.ts';

export const init: ServerInit = async () => {
	refuseStart();
	prepareKeys();
	await openQueues();
	if (process.env.ROLE !== 'web') await startWorkers();
};

export const handle: Handle = async ({ event, resolve }) => {
	const { locals, url, route } = event;
	locals.house = await house();
	locals.viewer = await whoAsks(event);
	locals.words = wordsOf(locals.house, locals.viewer.id ? locals.viewer.language : languageOf(event));
	try {
		locals.viewer = await withFactor(event, locals.viewer);
		if (route.id && !isRefusalPage(event)) await door(event);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const isApi = url.pathname.startsWith('/api/');
		return protect(event, isApi ? problemResponse(error, locals.words) : await refusalResponse(event, error));
	}
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => dress(html, event),
		preload: () => false,
	});
	return protect(event, response);
};

/** What the door refuses, as the house says it: a page for who reads pages, a line for the others. */
async function refusalResponse(event: RequestEvent, refusal: Refusal): Promise<Response> {
	const { status, name, retryAfter, problems } = refusal;
	const headers = new Headers(retryAfter ? { 'retry-after': String(retryAfter) } : {});
	if (!event.request.headers.get('accept')?.includes('text/html')) {
		return Response.json({ status, message: name }, { status, headers });
	}
	// An error thrown here would get the bare page of SvelteKit: a page of ours is asked for, that fails the same way.
	const told = new URLSearchParams({ secondes: String(retryAfter), probleme: problems[0]?.key ?? '' });
	const page = await event.fetch(`/refus/${status}?${told}`, await formOf(event));
	headers.set('content-type', page.headers.get('content-type') ?? 'text/html');
	return new Response(page.body, { status, headers });
}

/** The form that was sent, if it can be read: whoever may no longer send it (an office that ended) gets back what was typed. */
async function formOf({ request }: RequestEvent): Promise<RequestInit> {
	const page = { headers: { accept: 'text/html' } };
	const type = request.headers.get('content-type') ?? '';
	const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type);
	const isSmall = Number(request.headers.get('content-length') ?? Number.NaN) <= plainBodyMax;
	if (request.method !== 'POST' || !isForm || !isSmall) return page;
	const body = await request.arrayBuffer().catch(() => null);
	return body ? { method: 'POST', headers: { ...page.headers, 'content-type': type }, body } : page;
}

/** What the door refused is refused again with the same cookies: the page that says so is asked past the door, or it never ends. */
const isRefusalPage = ({ isSubRequest, route }: RequestEvent) =>
	isSubRequest && route.id === '/(public)/refus/[status]';

async function whoAsks(event: RequestEvent): Promise<Viewer> {
	const bearer = event.request.headers.get('authorization')?.match(/^Bearer (\S{20,200})$/)?.[1];
	if (bearer && event.url.pathname.startsWith('/api/'))
		return (await viewerOfToken(bearer, apps)) ?? viewerOfVisitor(apps);
	const secret = event.cookies.get(sessionCookie(event.url));
	return secret && secret.length < 200 ? viewerOfSession(secret, apps) : viewerOfVisitor(apps);
}

/** With a code of their second factor beside a token, a person's offices act for this request. Throws Invalid, TooMany. */
async function withFactor(event: RequestEvent, viewer: Viewer): Promise<Viewer> {
	const code = viewer.scopes && event.request.headers.get('second-factor')?.slice(0, 40);
	return code ? stepUpOnce(viewer, code, whenceOf(event)) : viewer;
}

/** Default deny: a route nobody declared does not exist; a declared one opens to whom its gate says. */
async function door(event: RequestEvent): Promise<void> {
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
	refuseBulk(request, access);
	await slowDown(event, access);
}

/** A page leads to what is missing (sign-in, confirmation, second factor) and back; the API says it. */
async function refuseAtDoor(event: RequestEvent, access: Access): Promise<void> {
	const { locals, url } = event;
	const entrance = enter(locals.viewer, access.gate);
	if (entrance === 'hidden') throw notFound();
	const needsFactor = entrance === 'second-factor' || (access.stepUp && !isFresh(locals.viewer));
	if (entrance === 'in' && !needsFactor) return;
	if (url.pathname.startsWith('/api/')) throw needsFactor ? secondFactorFirst() : signInFirst();
	const back = encodeURIComponent(await wayBack(event, access));
	// A way back longer than a header may be is not a page of ours.
	leadToDoor(entrance, back.length > 2000 ? encodeURIComponent(url.pathname) : back);
}

/** Where one comes back to once let in: the page that was asked, the form as it was written, or its page when nothing was. */
async function wayBack(event: RequestEvent, access: Access): Promise<string> {
	const { request, url } = event;
	if (request.method === 'GET') return url.pathname + url.search;
	const kept = request.method === 'POST' ? await keepForm(event, access) : null;
	return kept ? `/reprendre/${kept}` : url.pathname;
}

async function keepForm(
	{ locals, request, url, cookies }: RequestEvent,
	access: Access,
): Promise<string | null> {
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
	const rate = access.rate ?? (request.method === 'GET' ? 'read' : 'write');
	if (rate === 'read') return;
	const whom = locals.viewer.id ?? getClientAddress();
	await throttle({ [`${rate}:${whom}`]: rates[rate] });
}

function languageOf({ cookies, request, locals }: RequestEvent): 'fr' | 'en' {
	const chosen = cookies.get('language') ?? request.headers.get('accept-language')?.slice(0, 2);
	return chosen === 'en' || chosen === 'fr' ? chosen : locals.house.language;
}

/** The root element's language, text size and mode, before the first paint and without script. */
function dress(html: string, { locals, cookies }: RequestEvent): string {
	const size = cookies.get('text') ?? '100';
	const mode = cookies.get('mode');
	const attributes = [
		/^(115|130|150|200)$/.test(size) ? ` data-text="${size}"` : '',
		mode === 'dark' || mode === 'light' ? ` data-mode="${mode}"` : '',
		cookies.get('data') === 'low' ? ' data-data="low"' : '',
	].join('');
	// Every mark is in the head: the body is long, and each replacement would copy it.
	const body = html.indexOf('<body>');
	if (body < 0) return html;
	const head = html
		.slice(0, body)
		.replace('%coopol.lang%', locals.words.language)
		.replace('%coopol.attributes%', attributes)
		.replaceAll('%coopol.theme%', locals.house.themeVersion)
		.replace('%coopol.build%', process.env.COOPOL_BUILD ?? '0');
	return head + html.slice(body);
}

export const handleError: HandleServerError = ({ error, event, kind }) => {
	const { typed } = event.locals;
	if (error instanceof Refusal) {
		const { status, name, problems, retryAfter } = error;
		if (retryAfter) event.setHeaders({ 'retry-after': String(retryAfter) });
		return { status, message: name, name: name as never, problems, typed };
	}
	if (kind !== 'unknown') return {};
	const reference = randomUUID().slice(0, 8);
	console.error(`error ${reference} ${event.request.method} ${event.route.id}`, error);
	return { status: 500, message: 'Internal Error', reference, typed };
};
