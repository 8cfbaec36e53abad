import { standing, standingPage } from './assets.ts';
import { owner, shelves } from './device.ts';
import { isDoor } from './pages.ts';
import { type Asked, scope } from './scope.ts';

const shelf = shelves.later;
const largest = 10 * 2 ** 20;

// Forms that say or answer something. What opens a door (sign-in, settings, offices) never waits on a device.
const sendable = /^\/(?:fil|publications|evenements|missions|groupes|messages|contacts)(?:\/|$)/;

export const isSendable = ({ pathname }: URL) => sendable.test(pathname);

/** Names of the notes beside a form that waits. */
const notes = { to: 'x-to', at: 'x-at', person: 'x-person', state: 'x-state', type: 'content-type' } as const;

/** A form on its way: what has no network waits on the device, and the page says so. */
export async function sent(event: Asked): Promise<Response> {
	const copy = event.request.clone();
	try {
		return await fetch(event.request);
	} catch {
		const waits = await putAside(copy);
		if (!waits) return standingPage(standing.offline);
		event.waitUntil(askForSync());
		// At a door one goes on ticking: the list itself says what waits.
		const url = new URL(event.request.url);
		return Response.redirect(isDoor(url) ? url.pathname : standing.later, 303);
	}
}

/** Keeps a form until the network is back. False when it is not one that may wait: its page still has what was typed. */
async function putAside(request: Request): Promise<boolean> {
	const person = await owner();
	if (!person) return false;
	const url = new URL(request.url);
	const body = await request.arrayBuffer();
	if (body.byteLength > largest || !(await hasKey(body, request))) return false;
	const at = new Date().toISOString();
	const headers = {
		[notes.to]: url.pathname + url.search,
		[notes.at]: at,
		[notes.person]: person,
		[notes.state]: 'waiting',
		[notes.type]: request.headers.get('content-type') ?? '',
	};
	await (await caches.open(shelf)).put(
		`${standing.later}/${at}-${crypto.randomUUID()}`,
		new Response(body, { headers }),
	);
	await tellPages();
	return true;
}

// Without its one-time key a form sent twice would be done twice.
async function hasKey(body: ArrayBuffer, request: Request): Promise<boolean> {
	const type = request.headers.get('content-type') ?? '';
	const fields = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => null);
	return !!fields?.get('_key');
}

// Where the browser knows how, it wakes us when the network is back, the page closed.
const askForSync = async () =>
	(scope.registration as { sync?: { register(tag: string): Promise<void> } }).sync
		?.register('later')
		.catch(() => {});

/** Sends what waits, in the order it was written, one sender at a time. */
export const sendLater = (): Promise<void> =>
	navigator.locks.request('later', async () => {
		const person = await owner();
		if (!person || !(await caches.has(shelf))) return;
		const cache = await caches.open(shelf);
		for (const key of await cache.keys()) {
			const form = await cache.match(key);
			if (form && isToSend(form, person) && !(await settle(cache, key, form))) break;
		}
		await tellPages();
	});

const isToSend = ({ headers }: Response, person: string) =>
	headers.get(notes.person) === person && headers.get(notes.state) !== 'refused';

/** Sends one form and notes what became of it; false when the network, or the session, is still away. */
async function settle(cache: Cache, key: Request, form: Response): Promise<boolean> {
	const copy = form.clone();
	const outcome = await send(form);
	if (outcome === 'done') await cache.delete(key);
	if (outcome === 'refused') await cache.put(key, markRefused(copy));
	return outcome !== 'wait';
}

/** What became of a form: done, refused with reasons (its person decides), or not yet. */
async function send(form: Response): Promise<'done' | 'refused' | 'wait'> {
	const type = form.headers.get(notes.type) ?? '';
	const answer = await fetch(form.headers.get(notes.to) ?? '', {
		method: 'POST',
		headers: { 'content-type': type, accept: 'text/html' },
		body: await form.arrayBuffer(),
	}).catch(() => null);
	if (!answer || answer.status >= 500 || answer.status === 429) return 'wait';
	// Its session ended: the house keeps the form for who signs in, and here it stays until then.
	if (new URL(answer.url).pathname === '/connexion') return 'wait';
	return answer.ok ? 'done' : 'refused';
}

function markRefused(form: Response): Response {
	const headers = new Headers(form.headers);
	headers.set(notes.state, 'refused');
	return new Response(form.body, { headers });
}

/** Says to the open pages how many forms wait, and how many were refused. */
export async function tellPages(): Promise<void> {
	const person = await owner();
	const cache = (await caches.has(shelf)) ? await caches.open(shelf) : null;
	const forms = await Promise.all(((await cache?.keys()) ?? []).map((key) => cache?.match(key)));
	const own = forms.filter((form) => person && form?.headers.get(notes.person) === person);
	const refused = own.filter((form) => form?.headers.get(notes.state) === 'refused').length;
	for (const tab of await scope.clients.matchAll())
		tab.postMessage({ waiting: own.length - refused, refused });
}
