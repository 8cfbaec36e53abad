import { type Pressed, type Pushed, scope } from './scope.ts';

interface Message {
	title: string;
	body: string;
	url: string;
	tag: string;
}

/** Shows what the house says: of what kind it is, never who or what. A message we cannot read shows nothing of itself. */
export async function show({ data }: Pushed): Promise<void> {
	const { title, body, url, tag } = (data?.json() ?? {}) as Partial<Message>;
	if (!title) return;
	await scope.registration.showNotification(title, {
		body,
		tag,
		data: { url },
		icon: '/logo',
		badge: '/logo',
	});
}

/** Opens what it speaks of, in a page that is open if there is one; only ever a page of ours. */
export async function open({ notification }: Pressed): Promise<void> {
	notification.close();
	const { url } = (notification.data ?? {}) as { url?: string };
	const address = new URL(url ?? '/avis', scope.location.origin);
	if (address.origin !== scope.location.origin) return;
	const [page] = await scope.clients.matchAll({ type: 'window' });
	if (!page?.navigate) await scope.clients.openWindow(address.href);
	else {
		await page.focus?.();
		await page.navigate(address.href).catch(() => scope.clients.openWindow(address.href));
	}
}
