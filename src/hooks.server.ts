import { randomUUID } from 'node:crypto';
import { isRedirect, type RequestEvent, redirect } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { stepUpOnce, whenceOf } from '#domains/people/index.ts';
import {
	viewerOfFilesPass,
	viewerOfSession,
	viewerOfToken,
	viewerOfVisitor,
} from '#domains/territory/index.ts';
import { closeDatabase } from '#platform/db.ts';
import { Refusal } from '#platform/errors.ts';
import { filesHost, isFilesHost } from '#platform/files/host.ts';
import { giveWay } from '#platform/give-way.ts';
import { house, wordsOf } from '#platform/house.ts';
import { problemResponse } from '#platform/http/api.ts';
import { filesCookie, lendFilesPass } from '#platform/http/files-pass.ts';
import { protect } from '#platform/http/headers.ts';
import { type Recalled, recall } from '#platform/http/refused.ts';
import { sentWith } from '#platform/http/sent.ts';
import { sessionCookie } from '#platform/http/session-cookie.ts';
import { sparesData } from '#platform/http/sparing.ts';
import { openQueues, startWorkers, stopWorkers } from '#platform/jobs.ts';
import { onLeaving } from '#platform/leaving.ts';
import { letMailsIn } from '#platform/mail/in/door.ts';
import { prepareKeys } from '#platform/seal.ts';
import { refuseStart } from '#platform/self-check.ts';
import type { Viewer } from '#platform/viewer.ts';
import { apps } from '#registry.ts';
import { door } from './door.ts';
import { type FirstSheet, firstSheet, holdSheet } from './first-sheet.ts';

export const init: ServerInit = async () => {
	refuseStart();
	prepareKeys();
	if (process.env.ROLE === 'worker') giveWay();
	await openQueues();
	onLeaving(closeDatabase);
	onLeaving(stopWorkers);
	if (process.env.ROLE !== 'web') await startWorkers();
	await letMailsIn(process.env.ROLE);
};

export const handle: Handle = async ({ event, resolve }) => {
	const { locals, url, route } = event;
	locals.house = await house();
	if (isFilesHost(url)) return protect(event, await uploadOrNothing(event, resolve));
	locals.viewer = await whoAsks(event);
	lendFilesPass(event, locals.viewer.sessionId, event.cookies.get(sessionCookie(url)));
	locals.words = wordsOf(locals.house, locals.viewer.id ? locals.viewer.language : languageOf(event));
	try {
		locals.viewer = await withFactor(event, locals.viewer);
		if (route.id && !isRefusalPage(event)) await door(event);
		leadToUploads(event);
		await recall(event);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const isApi = url.pathname.startsWith('/api/');
		return protect(event, isApi ? problemResponse(error, locals.words) : await refusalResponse(event, error));
	}
	const sheet = firstSheet(event);
	return protect(event, await answer(event, resolve, sheet), sheet?.source);
};

/**
 * The answer, its page dressed. No page is kept by a browser (`no-store`), so SvelteKit is given nothing to fingerprint: a tag that
 * nobody can use would have it read every page once more, sign by sign.
 */
async function answer(
	event: RequestEvent,
	resolve: Parameters<Handle>[0]['resolve'],
	sheet: FirstSheet | undefined,
): Promise<Response> {
	const parts: Buffer[] = [];
	const response = await resolve(event, {
		transformPageChunk: ({ html }) => {
			// Each by itself: glued, they would be copied once more to be read in one go.
			for (const part of dress(html, event, sheet)) parts.push(Buffer.from(part));
			return '';
		},
		preload: () => false,
	});
	if (!parts.length) return response;
	const body = Buffer.concat(parts);
	const { headers, status } = response;
	headers.delete('etag');
	headers.set('content-length', String(body.length));
	return new Response(body, { status, headers });
}

const isUpload = ({ route }: RequestEvent) =>
	route.id === '/(network)/fichiers/[id=id]' || route.id === '/logo';

/** An upload asked for here is elsewhere, whoever asks and whether it exists or not. */
function leadToUploads(event: RequestEvent): void {
	const apart = filesHost();
	if (!apart || !isUpload(event)) return;
	const { pathname, search } = event.url;
	redirect(307, `${apart.origin}${pathname}${search}`, { external: [apart.origin] });
}

/**
 * On the uploads' host: the same door and the same rules for uploads, under a pass of their own. Anything else is not there,
 * and a refusal is a number: no page is ever drawn on that host.
 */
async function uploadOrNothing(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']) {
	const { locals, url, cookies } = event;
	const pass = cookies.get(filesCookie(url));
	locals.viewer = pass ? await viewerOfFilesPass(pass, apps) : await viewerOfVisitor(apps);
	locals.words = wordsOf(locals.house, locals.viewer.language);
	const bare = (status: number) => new Response(null, { status });
	if (!isUpload(event)) return bare(404);
	try {
		await door(event);
		const response = await resolve(event);
		return response.ok || response.status === 416 ? response : bare(response.status);
	} catch (problem) {
		if (problem instanceof Refusal) return bare(problem.status);
		if (isRedirect(problem)) return bare(404);
		throw problem;
	}
}

/** What the door refuses, as the house says it: a page for who reads pages, a line for the others. */
async function refusalResponse(event: RequestEvent, refusal: Refusal): Promise<Response> {
	const { status, name, retryAfter, problems } = refusal;
	const headers = new Headers(retryAfter ? { 'retry-after': String(retryAfter) } : {});
	if (!event.request.headers.get('accept')?.includes('text/html')) {
		return Response.json({ status, message: name }, { status, headers });
	}
	// An error thrown here would get the bare page of SvelteKit: a page of ours is asked for, that fails the same way.
	const told = new URLSearchParams({
		secondes: String(retryAfter),
		probleme: problems[0]?.key ?? '',
		page: event.url.pathname,
	});
	const page = await event.fetch(`/refus/${status}?${told}`, await formOf(event));
	headers.set('content-type', page.headers.get('content-type') ?? 'text/html');
	return new Response(page.body, { status, headers });
}

/** The form that was sent, if it can be read: whoever may no longer send it (an office that ended) gets back what was typed. */
async function formOf(event: RequestEvent): Promise<RequestInit> {
	const headers = { accept: 'text/html' };
	const sent = await sentWith(event);
	return sent
		? { method: 'POST', headers: { ...headers, 'content-type': sent.type }, body: sent.body }
		: { headers };
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

function languageOf({ cookies, request, locals }: RequestEvent): 'fr' | 'en' {
	const chosen = cookies.get('language') ?? request.headers.get('accept-language')?.slice(0, 2);
	return chosen === 'en' || chosen === 'fr' ? chosen : locals.house.language;
}

/** The root element's language, text size and mode, before the first paint and without script. */
function dress(html: string, { locals, cookies, request }: RequestEvent, sheet?: FirstSheet): string[] {
	const size = cookies.get('text') ?? '100';
	const mode = cookies.get('mode');
	const attributes = [
		/^(115|130|150|200)$/.test(size) ? ` data-text="${size}"` : '',
		mode === 'dark' || mode === 'light' ? ` data-mode="${mode}"` : '',
		request.method === 'POST' && !(locals as Recalled).refused ? ' data-posted' : '',
		sparesData({ cookies, request }) ? ' data-data="low"' : '',
	].join('');
	// Every mark is in the head: the body is long, and each replacement would copy it.
	const body = html.indexOf('<body>');
	if (body < 0) return [html];
	const head = html
		.slice(0, body)
		.replace('%coopol.lang%', locals.words.language)
		.replace('%coopol.attributes%', attributes)
		.replaceAll('%coopol.theme%', locals.house.themeVersion)
		.replace('%coopol.build%', process.env.COOPOL_BUILD ?? '0');
	return [sheet ? holdSheet(head, sheet) : head, html.slice(body)];
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
