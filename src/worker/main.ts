import { asset, dropFormer, isAsset, prepare, standing, standingPage } from './assets.ts';
import { forgetAll, noteOwner } from './device.ts';
import { isSendable, sendLater, sent, tellPages } from './later.ts';
import { fetchAhead, page } from './pages.ts';
import { open, show } from './push.ts';
import { type Asked, scope } from './scope.ts';

scope.addEventListener('install', (event) => event.waitUntil(prepare().then(() => scope.skipWaiting())));
scope.addEventListener('activate', (event) =>
	event.waitUntil(Promise.all([dropFormer(), fetchAhead(), scope.clients.claim()])),
);

scope.addEventListener('fetch', (event) => {
	const answer = answerTo(event);
	if (answer) event.respondWith(answer);
});

/** Our answer; undefined leaves the browser to itself. */
function answerTo(event: Asked): Promise<Response> | undefined {
	const { request } = event;
	const url = new URL(request.url);
	if (url.origin !== scope.location.origin || !['GET', 'POST'].includes(request.method)) return;
	if (request.mode === 'navigate') return request.method === 'POST' ? written(event, url) : read(event, url);
	return request.method === 'GET' && isAsset(url) ? asset(request) : undefined;
}

const written = (event: Asked, url: URL) => (isSendable(url) ? sent(event) : orSaid(event.request));
const read = (event: Asked, url: URL) =>
	url.pathname === standing.later ? standingPage(standing.later) : page(event);

/** A form that never waits: without network its page still has what was typed, one step back. */
const orSaid = (request: Request) => fetch(request).catch(() => standingPage(standing.offline));

type Said = { person?: string; send?: true; forget?: true };

/** What pages say: whose they are, that the network is back, that their person signs out. */
async function hear({ person, send, forget }: Said): Promise<void> {
	if (forget) await forgetAll();
	if (person) await noteOwner(person);
	if (person || forget) await tellPages();
	if (send) await sendLater();
}

scope.addEventListener('message', (event) => event.waitUntil(hear((event.data ?? {}) as Said)));
scope.addEventListener('sync', (event) => event.waitUntil(sendLater()));
scope.addEventListener('push', (event) => event.waitUntil(show(event)));
scope.addEventListener('notificationclick', (event) => event.waitUntil(open(event)));
