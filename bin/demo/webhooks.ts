import { viewerOfPerson } from '#domains/territory/index.ts';
import { create, pause } from '#domains/webhooks/index.ts';
import { apps } from '#registry.ts';
import { idOf } from '#tests/party.ts';

/** An address that a visitor of the demonstration finds, paused. Nothing is ever sent from a demonstration. */
export async function layWebhook(): Promise<void> {
	const bertrand = await viewerOfPerson(idOf('bertrand'), apps, new Date());
	const { id } = await create(bertrand, {
		name: 'Agenda du site public',
		url: 'https://agenda.rive.example/coopol',
		kinds: ['event.created', 'event.changed', 'event.cancelled'],
	});
	await pause(bertrand, id);
}
