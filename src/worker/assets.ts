import { scope } from './scope.ts';

// The address of this worker names the build it came with: another build is another shelf.
const shelf = `assets-${scope.location.search.slice(1)}`;

const named = [
	'/enhance.js',
	'/enhance-main.js',
	'/enhance-more.js',
	'/enhance-map.js',
	'/theme.css',
	'/theme.svg',
];

/** Pages that say what happens without network: the same for everybody, fetched without cookie. */
export const standing = { offline: '/sans-reseau', later: '/en-attente' } as const;

/** Whether the bytes behind this address never change. */
export const isAsset = ({ pathname, search }: URL) =>
	pathname.startsWith('/_app/immutable/') || (search !== '' && named.includes(pathname));

/** An asset from the device, else from the network, kept then. */
export async function asset(request: Request): Promise<Response> {
	const kept = await (await caches.open(shelf)).match(request);
	if (kept) return kept;
	const response = await fetch(request);
	if (response.ok && !response.headers.get('cache-control')?.includes('no-store'))
		await (await caches.open(shelf)).put(request, response.clone());
	return response;
}

/** Puts on the device what is needed to say that there is no network: two pages, and the files they name, each once. */
export async function prepare(): Promise<void> {
	const cache = await caches.open(shelf);
	const { origin, search } = scope.location;
	// These two are asked for by the script itself, not by the page.
	const files = new Set([`/enhance-main.js${search}`, `/enhance-more.js${search}`]);
	for (const path of Object.values(standing)) {
		const page = await fetch(path, { credentials: 'omit' });
		if (!page.ok) throw new Error(`${path}: ${page.status}`);
		for (const [, address = ''] of (await page.clone().text()).matchAll(/(?:href|src)="(\/[^"#]+)"/g))
			if (isAsset(new URL(address, origin))) files.add(address);
		await cache.put(path, page);
	}
	await cache.addAll([...files]);
}

/** One of the two pages that need no network. */
export const standingPage = async (path: string): Promise<Response> =>
	(await (await caches.open(shelf)).match(path)) ?? Response.error();

/** Throws away the files of former builds. */
export async function dropFormer(): Promise<void> {
	const names = await caches.keys();
	const former = names.filter((name) => name.startsWith('assets-') && name !== shelf);
	await Promise.all(former.map((name) => caches.delete(name)));
}
