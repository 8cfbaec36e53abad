import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import { enter, isFresh, rates } from '../access.ts';
import type { Operation } from '../domain.ts';
import { invalid, notFound, Refusal, secondFactorFirst, signInFirst } from '../errors.ts';
import { isId } from '../ids.ts';
import { JsonProblem, parseJson } from '../text/limits.ts';
import { throttle } from '../throttle.ts';
import type { Viewer } from '../viewer.ts';
import type { Key, Words } from '../wording/index.ts';
import { fileBodyMax, rateOf, refuseBulk, takesFiles } from './body.ts';
import { parse } from './form.ts';
import { etagOf, hasAlready } from './unchanged.ts';

/** A refusal as `application/problem+json` (RFC 9457). */
export function problemResponse(refusal: Refusal, words: Words): Response {
	const errors = refusal.problems.map(({ field, key, args }) => ({
		field,
		code: key,
		message: words.say(key as Key, args),
	}));
	const body = {
		type: 'about:blank',
		title: refusal.name,
		status: refusal.status,
		...(errors.length && { errors }),
	};
	const headers: Record<string, string> = { 'content-type': 'application/problem+json' };
	if (refusal.retryAfter) headers['retry-after'] = String(refusal.retryAfter);
	return new Response(JSON.stringify(body), { status: refusal.status, headers });
}

interface Match {
	operation: Operation;
	params: Record<string, string>;
}

/** Finds the operation of a request among those declared. A bad id is an address that does not exist. */
export function match(
	operations: Readonly<Record<string, Operation>>,
	method: string,
	path: string,
): Match | null {
	for (const [name, operation] of Object.entries(operations)) {
		const params = fits(name, method, path);
		if (params) return { operation, params };
	}
	return null;
}

function fits(name: string, method: string, path: string): Record<string, string> | null {
	const [verb, pattern] = name.split(' ') as [string, string];
	const wanted = pattern.split('/');
	const given = path.split('/');
	if (verb !== method || wanted.length !== given.length) return null;
	const params: Record<string, string> = {};
	for (const [index, part] of wanted.entries()) {
		const variable = /^\[(\w+)\]$/.exec(part)?.[1];
		if (!agrees(part, variable, given[index]!)) return null;
		if (variable) params[variable] = decodeURIComponent(given[index]!);
	}
	return params;
}

const agrees = (part: string, variable: string | undefined, value: string) =>
	variable === 'id' ? isId(value) : Boolean(variable) || part === value;

/** Answers one request of the API: door, scope, input, act, output by its schema's allow-list. */
export async function answer(
	event: RequestEvent,
	operations: Readonly<Record<string, Operation>>,
): Promise<Response> {
	const { viewer, words } = event.locals as { viewer: Viewer; words: Words };
	try {
		const found = match(operations, event.request.method, event.url.pathname);
		if (!found) throw notFound();
		await admit(event, viewer, found.operation);
		const sent = await inputOf(event, found.operation);
		const input = parse(found.operation.input, sent);
		const key = event.request.headers.get('idempotency-key');
		if (key && event.request.method !== 'GET') {
			viewer.requestKey = key.slice(0, 64);
			viewer.requestAsked = etagOf(JSON.stringify([event.request.method, event.url.pathname, sent]));
		}
		const result = await found.operation.act(viewer, input, found.params);
		if (found.operation.bytes) return result as Response;
		const body = v.parse(found.operation.output, JSON.parse(JSON.stringify(result ?? null)));
		return tagged(event.request, body, found.operation.status ?? 200);
	} catch (error) {
		if (error instanceof Refusal) return problemResponse(error, words);
		throw error;
	}
}

/** The answer with a fingerprint of its body: who already has it is told so, without the body. */
function tagged(request: Request, body: unknown, status: number): Response {
	const text = JSON.stringify(body);
	const etag = etagOf(text);
	const headers = { etag, 'content-type': 'application/json' };
	const isKnown = request.method === 'GET' && hasAlready(request, etag);
	return isKnown
		? new Response(null, { status: 304, headers: { etag } })
		: new Response(text, { status, headers });
}

function refuseAtDoor(viewer: Viewer, operation: Operation): void {
	const entrance = enter(viewer, operation.gate);
	if (entrance === 'sign-in' || entrance === 'confirm') throw signInFirst();
	if (entrance === 'hidden') throw notFound();
	if (entrance === 'second-factor' || (operation.stepUp && !isFresh(viewer))) throw secondFactorFirst();
}

async function admit(event: RequestEvent, viewer: Viewer, operation: Operation): Promise<void> {
	refuseAtDoor(viewer, operation);
	if (viewer.scopes && !viewer.scopes.includes(operation.scope)) throw notFound();
	// A browser's session cookie may read; writing through the API takes a token, so that no other site can make it.
	// Nor does it fetch files here: an upload opened at this address would stand on the host of pages.
	const isForTokens = event.request.method !== 'GET' || operation.bytes;
	if (isForTokens && viewer.id && !viewer.scopes) throw signInFirst();
	refuseBulk(event.request, operation);
	await slowDown(event, viewer, operation);
}

async function slowDown(event: RequestEvent, viewer: Viewer, operation: Operation): Promise<void> {
	const rate = rateOf(event.request, operation);
	if (rate !== 'read') await throttle({ [`${rate}:${viewer.id ?? event.getClientAddress()}`]: rates[rate] });
}

async function inputOf(event: RequestEvent, operation: Operation): Promise<unknown> {
	if (event.request.method === 'GET') return Object.fromEntries(event.url.searchParams);
	const text = await event.request.text();
	if (!text) return {};
	try {
		return takesFiles(operation) ? parseJson(text, fileBodyMax) : parseJson(text);
	} catch (problem) {
		const isLarge = problem instanceof JsonProblem && problem.code === 'too_large';
		throw invalid({ field: '', key: isLarge ? 'app.body_too_large' : 'app.json_unreadable' });
	}
}
