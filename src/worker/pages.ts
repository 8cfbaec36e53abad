import { standing, standingPage } from './assets.ts';
import { forgetPages, owner, shelves } from './device.ts';
import { type Asked, scope } from './scope.ts';

const most = 40;
const longest = 7 * 86_400_000;
const keptAt = 'x-kept-at';

// What is read in a stairwell. Never messages, profiles, settings; of lists of people only that at the door of an event.
const readable =
	/^\/(?:fil|agenda|evenements|missions)$|^\/(?:evenements|missions|unites|publications)\/[0-9a-f-]{36}$/;
const door = /^\/evenements\/[0-9a-f-]{36}\/accueil$/;
const doorLongest = 86_400_000;
/** The list at the door of an event: a hall often has no network, and the list is of one evening. */
export const isDoor = ({ pathname }: URL) => door.test(pathname);
const isReadable = (url: URL) => url.search === '' && (readable.test(url.pathname) || isDoor(url));

/** A page: from the network, kept when it may be read later; without network, as it was kept. */
export async function page(event: Asked): Promise<Response> {
	const url = new URL(event.request.url);
	try {
		const response = (await event.preloadResponse) ?? (await fetch(event.request));
		if (url.pathname === '/connexion' && response.ok) event.waitUntil(forgetPages());
		if (isReadable(url) && isPage(response)) event.waitUntil(keep(url.pathname, response.clone()));
		return response;
	} catch {
		return (await kept(url)) ?? standingPage(standing.offline);
	}
}

const isPage = (response: Response) =>
	response.ok && !!response.headers.get('content-type')?.startsWith('text/html');

async function keep(path: string, response: Response): Promise<void> {
	if (!(await owner())) return;
	const cache = await caches.open(shelves.pages);
	const headers = new Headers(response.headers);
	headers.set(keptAt, new Date().toISOString());
	headers.delete('set-cookie');
	// Put anew, it comes last: the first ones are those not read for longest.
	await cache.delete(path);
	await cache.put(path, new Response(await response.blob(), { headers }));
	const paths = await cache.keys();
	await Promise.all(paths.slice(0, Math.max(0, paths.length - most)).map((old) => cache.delete(old)));
}

/** The page as it was kept, told on its body. */
async function kept(url: URL): Promise<Response | null> {
	const { pathname, search } = url;
	const cache = await caches.open(shelves.pages);
	const response = search === '' ? await cache.match(pathname) : undefined;
	const at = response?.headers.get(keptAt);
	if (!response || !at) return null;
	// Both instants are the device's. A clock put back makes the page one of later: it would be kept for as long as that.
	if (Math.abs(Date.now() - Date.parse(at)) > (isDoor(url) ? doorLongest : longest)) {
		await cache.delete(pathname);
		return null;
	}
	const html = await response.text();
	// Told by the house's clock: the device's may be wrong.
	const told = new Date(response.headers.get('date') ?? at).toISOString();
	return new Response(html.replace('<body', `<body data-kept-at="${told}"`), { headers: response.headers });
}

/** Lets the browser fetch a page while the worker wakes up: an old phone waits for one, not for both. */
export const fetchAhead = () => scope.registration.navigationPreload?.enable();
