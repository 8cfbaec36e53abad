/** Whose device this is, and whether their pages are kept on it. */
export interface Device {
	person: string;
	keeps: boolean;
}

const shelf = 'device';
const place = '/appareil';

/** What was said last; null on a device where nobody is signed in. */
export async function device(): Promise<Device | null> {
	// Asked so, a shelf that is not there is not made.
	const said = await caches.match(place, { cacheName: shelf });
	return said ? ((await said.json()) as Device) : null;
}

/** Notes whose page is open. The pages of somebody else, or those no longer wanted, go. */
export async function noteDevice(now: Device): Promise<void> {
	const before = await device();
	if (before && (before.person !== now.person || !now.keeps)) await forgetPages();
	await (await caches.open(shelf)).put(place, Response.json(now));
}

/** The shelf of kept pages. */
export const pagesShelf = 'pages';

/** Forgets the pages kept for reading. */
export const forgetPages = () => caches.delete(pagesShelf);

/** Forgets all that this device knows of the person: pages, forms that wait, and who it was. */
export async function forgetAll(): Promise<void> {
	await Promise.all([forgetPages(), caches.delete('later'), caches.delete(shelf)]);
}
