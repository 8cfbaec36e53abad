/** The shelves of this device: pages kept for reading, forms that wait, and whose they are. */
export const shelves = { pages: 'pages', later: 'later', device: 'device' } as const;

const place = '/appareil';

/** Whose pages are kept on this device, by their id; null where nobody asked for it, or signed out. */
export async function owner(): Promise<string | null> {
	// Asked so, a shelf that is not there is not made.
	const said = await caches.match(place, { cacheName: shelves.device });
	return said ? ((await said.json()) as { person: string }).person : null;
}

/** Notes whose page is open. The pages of somebody else go. */
export async function noteOwner(person: string): Promise<void> {
	const before = await owner();
	if (before && before !== person) await forgetPages();
	await (await caches.open(shelves.device)).put(place, Response.json({ person }));
}

/** Forgets the pages kept for reading. */
export const forgetPages = () => caches.delete(shelves.pages);

/** Forgets all that this device knows of the person: pages, forms that wait, and who it was. */
export async function forgetAll(): Promise<void> {
	await Promise.all(Object.values(shelves).map((name) => caches.delete(name)));
}
