import { type Cookies, isActionFailure, isRedirect, type RequestEvent } from '@sveltejs/kit';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { type Problem, Refusal } from '#platform/errors.ts';
import { handle } from '../src/hooks.server.ts';
import { load as loadRoot } from '../src/routes/+layout.server.ts';
import Layers from './layers.fixture.svelte';
import { page } from './page-state.ts';
import { type CastName, idOf } from './party.ts';
import { fieldOf, mainOf, readable } from './reading.ts';
import { layoutsOf, moduleOf, type Route, routeOf } from './routes.ts';

type View = { default: Component<Record<string, unknown>> };
type Load = (event: unknown) => unknown;
interface PageModule {
	load?: Load;
	actions?: Record<string, (event: unknown) => Promise<unknown>>;
}
type Fields = Record<string, string | File | (string | File)[]>;

/** What came of a request, through the door of the house and the page's own load or action. */
export interface Answer {
	status: number;
	/** Where one is led; null when a page comes. */
	to: string | null;
	html: string;
	/** What a reader reads of it. */
	text: string;
	/** The same without the frame around: menus, banner, foot. */
	main: string;
	/** What the action said of a form: the values kept and `field key` of each problem. */
	form: { values?: Record<string, unknown>; problems: string[]; [shown: string]: unknown } | null;
	data: Record<string, unknown>;
	headers: Headers;
	/** What a field of the page holds: typed, chosen or hidden; null when there is no such field. */
	field(name: string): string | null;
}

/** Somebody's browser: keeps its cookies, sends forms, reads pages; no build and no network in between. */
export interface Browser {
	get(path: string, headers?: Record<string, string>): Promise<Answer>;
	post(path: string, fields?: Fields, headers?: Record<string, string>): Promise<Answer>;
	/** Sends a form, then reads the page it leads to, with its sentence. */
	through(path: string, fields?: Fields): Promise<Answer>;
	/** What a script or a program sends: any method, with a body in JSON. */
	send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
	cookies: Map<string, string>;
}

/** Opens a browser where this person is signed in; an office's second factor was just given, unless said. */
export async function browser(name: CastName | 'visitor', { factor = true } = {}): Promise<Browser> {
	const cookies = new Map<string, string>();
	if (name !== 'visitor') {
		const { secret } = await asSystem('test', (tx) => createSession(tx, idOf(name), 'Firefox', { factor }));
		cookies.set('coopol', secret);
	}
	const address = `10.0.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}`;
	const ask = (request: Request) => answer(request, cookies, address);
	const get = (path: string, headers = {}) =>
		ask(new Request(on(path), { headers: { accept: 'text/html', ...headers } }));
	const post = async (path: string, fields: Fields = {}, headers = {}) =>
		ask(await sending(path, fields, headers));
	const through = async (path: string, fields: Fields = {}) => {
		const done = await post(path, fields);
		return done.to ? get(done.to) : done;
	};
	const send: Browser['send'] = (method, path, body, headers = {}) =>
		ask(new Request(on(path), { method, ...inJson(body, headers) }));
	return { get, post, through, send, cookies };
}

function inJson(body: unknown, headers: Record<string, string>): RequestInit {
	const text = body === undefined ? '' : JSON.stringify(body);
	const length = { 'content-length': String(Buffer.byteLength(text)) };
	return text
		? { body: text, headers: { 'content-type': 'application/json', ...length, ...headers } }
		: { headers };
}

const on = (path: string) => new URL(path, 'http://coopol.test');

/** A form as a browser sends it, with the length it announces. */
async function sending(path: string, fields: Fields, more: Record<string, string>): Promise<Request> {
	const sent = new FormData();
	for (const [name, value] of Object.entries(fields))
		for (const one of [value].flat()) sent.append(name, one);
	const made = new Response(sent);
	const [type, body] = [made.headers.get('content-type')!, await made.arrayBuffer()];
	const told = { 'content-type': type, 'content-length': String(body.byteLength) };
	const headers = { accept: 'text/html', ...told, ...more };
	return new Request(on(path), { method: 'POST', body, headers });
}

const jar = (kept: Map<string, string>) =>
	({
		get: (name: string) => kept.get(name),
		getAll: () => [...kept].map(([name, value]) => ({ name, value })),
		set: (name: string, value: string) => kept.set(name, value),
		delete: (name: string) => kept.delete(name),
	}) as unknown as Cookies;

/** The request as SvelteKit gives it to `handle`, to `load` and to actions. */
function eventOf(
	request: Request,
	route: Route | undefined,
	cookies: Cookies,
	address: string,
): RequestEvent {
	return {
		request,
		url: new URL(request.url),
		route: { id: route?.id ?? null },
		params: route?.params ?? {},
		cookies,
		locals: {},
		isDataRequest: false,
		getClientAddress: () => address,
		setHeaders: () => {},
		fetch: async () => new Response('', { headers: { 'content-type': 'text/html' } }),
		depends: () => {},
	} as unknown as RequestEvent;
}

const nothing = {
	to: null,
	html: '',
	text: '',
	main: '',
	form: null,
	data: {},
	headers: new Headers(),
	field: (): string | null => null,
};

async function answer(request: Request, kept: Map<string, string>, address: string): Promise<Answer> {
	const route = routeOf(new URL(request.url).pathname);
	const event = eventOf(request, route, jar(kept), address);
	const made: Partial<Answer> = {};
	try {
		const response = await handle({
			event,
			resolve: async () => (route ? respond(event, route, made) : new Response('', { status: 404 })),
		} as Parameters<typeof handle>[0]);
		const html = made.html ?? (await response.text());
		const { status, headers } = response;
		const field = (name: string) => fieldOf(html, name);
		return {
			...nothing,
			...made,
			html,
			text: readable(html),
			main: readable(mainOf(html)),
			status,
			headers,
			field,
		};
	} catch (error) {
		if (!isRedirect(error)) throw error;
		return { ...nothing, status: error.status, to: error.location };
	}
}

async function respond(event: RequestEvent, route: Route, made: Partial<Answer>): Promise<Response> {
	const server = await moduleOf<Record<string, (event: unknown) => Promise<Response>>>(
		route.id,
		'+server.ts',
	);
	const isPage = await moduleOf<View>(route.id, '+page.svelte');
	const { method } = event.request;
	try {
		if (server && !isPage) return await (server[method] ?? server.fallback!)(event);
		return await showPage(event, route, made);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		made.html = `${error.status} ${error.problems.map(({ key }) => key).join(' ')}`;
		return new Response('', { status: error.status });
	}
}

async function showPage(event: RequestEvent, route: Route, made: Partial<Answer>): Promise<Response> {
	const { load, actions } = (await moduleOf<PageModule>(route.id, '+page.server.ts')) ?? {};
	const form = event.request.method === 'POST' ? await actions![actionOf(event.url)]!(event) : null;
	const said = isActionFailure(form) ? form.data : form;
	const data = { ...((await loadRoot(event as never)) as object), ...((await load?.(event)) as object) };
	const status = isActionFailure(form) ? form.status : 200;
	Object.assign(page, { data, form: said, status, error: null, url: event.url, params: route.params, route });
	const files = [...layoutsOf(route.id).map((path) => [path, '+layout.svelte']), [route.id, '+page.svelte']];
	const layers = await Promise.all(files.map(([path, name]) => moduleOf<View>(path!, name!)));
	const drawn = render(Layers, { props: { layers: layers.map((view) => view!.default), data, form: said } });
	made.html = drawn.body;
	made.data = data;
	made.form = said ? { ...(said as object), problems: problemsIn(said) } : null;
	return new Response('', { status });
}

const actionOf = (url: URL) =>
	[...url.searchParams.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default';

const problemsIn = (said: unknown) =>
	((said as { problems?: Problem[] }).problems ?? []).map(({ field, key }) => `${field} ${key}`);
