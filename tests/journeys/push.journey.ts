import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, wholeStory } from './person.ts';

// The light one has no push at all.
const isWhole = wholeStory('push');

const way = { ...desktop, script: true };
const offer = (person: Person) => person.page.locator('[data-push-offer]');

/**
 * The browser's own service is out of reach of a test: what it would give is given instead, a point of the P-256 curve and
 * sixteen bytes; everything after it is real.
 */
const pretendService = () => {
	const keys = {
		p256dh: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
		auth: 'tBHItJI5svbpez7KI4CCXg',
	};
	const endpoint = `https://push.rive.example/${crypto.randomUUID()}`;
	PushManager.prototype.subscribe = async () =>
		({ endpoint, toJSON: () => ({ endpoint, keys }) }) as unknown as PushSubscription;
};

/** What the device shows now, as the worker knows it. */
const shown = (person: Person) =>
	person.page.evaluate(async () =>
		(await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, data }) => ({
			title,
			body,
			url: (data as { url: string }).url,
		})),
	);

/** A message of the push service reaches the worker of this page. */
async function delivered(person: Person, data: object): Promise<void> {
	const session = await person.page.context().newCDPSession(person.page);
	const found = new Promise<string>((resolve) => {
		session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
			const one = registrations.find(({ isDeleted }) => !isDeleted);
			if (one) resolve(one.registrationId);
		});
	});
	await session.send('ServiceWorker.enable');
	await session.send('ServiceWorker.deliverPushMessage', {
		origin: person.address,
		registrationId: await found,
		data: JSON.stringify(data),
	});
}

test.skipIf(!isWhole)(
	'a device is asked once, by a press; it shows of what kind it is, and a press opens the page',
	async () => {
		const odile = await become('odile', way);
		const { page } = odile;
		await page.context().grantPermissions(['notifications'], { origin: odile.address });
		await page.addInitScript(pretendService);
		// Nothing was asked by arriving: the permission is the browser's, the device is not known yet.
		await odile.open('/avis/reglages');
		await odile.press('Prévenir cet appareil');
		const devices = page.locator('#appareils');
		expect(await odile.text(devices)).toContain('Cet appareil');
		expect(await devices.getByRole('button', { name: 'Prévenir cet appareil' }).count()).toBe(0);
		await odile.open('/avis');
		expect(await offer(odile).isVisible()).toBe(false);

		await delivered(odile, { title: 'La Rive commune', body: 'Une réponse.', url: '/avis', tag: 'a' });
		await odile.until(async () => (await shown(odile)).length === 1);
		expect(await shown(odile)).toEqual([{ title: 'La Rive commune', body: 'Une réponse.', url: '/avis' }]);
		// What says nothing shows nothing: not even an empty square.
		await delivered(odile, { url: '/avis' });
		await odile.open('/fil');
		const [worker] = page.context().serviceWorkers();
		await worker!.evaluate(async () => {
			const scope = self as unknown as {
				registration: ServiceWorkerRegistration;
				dispatchEvent(event: Event): void;
				WindowClient: { prototype: { focus(): Promise<unknown> } };
			};
			// Only the press of a hand may bring a window forward: this one is ours.
			scope.WindowClient.prototype.focus = () => Promise.resolve();
			const [notification] = await scope.registration.getNotifications();
			scope.dispatchEvent(
				Object.assign(new Event('notificationclick'), { notification, waitUntil: () => {} }),
			);
		});
		await odile.until(async () => odile.path === '/avis');
		expect(await shown(odile)).toEqual([]);
		await odile.open('/avis/reglages');
		await odile.press('Arrêter ici', devices);
		expect(await devices.getByRole('button', { name: 'Prévenir cet appareil' }).isVisible()).toBe(true);
		expect(await leave(odile)).toEqual([]);
	},
);

test.skipIf(!isWhole)(
	'a browser whose service does not answer says so, and the mail is as good',
	async () => {
		const mathis = await become('mathis', way);
		await mathis.page.context().grantPermissions(['notifications'], { origin: mathis.address });
		await mathis.page.addInitScript(() => {
			PushManager.prototype.subscribe = () => Promise.reject(new DOMException('no service', 'AbortError'));
		});
		await mathis.open('/avis/reglages');
		await mathis.touch(mathis.page.getByRole('button', { name: 'Prévenir cet appareil' }), { stays: true });
		await mathis.until(() => mathis.page.locator('#appareils [data-push-failed]').isVisible());
		expect(await mathis.text(mathis.page.locator('#appareils'))).toContain('Le mail fait aussi bien.');
		expect(await leave(mathis)).toEqual([]);
	},
);
