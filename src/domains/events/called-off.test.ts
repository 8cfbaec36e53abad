import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notices } from '#domains/notices/read.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs, enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { cancel } from './change.ts';
import { inviteUnit } from './invite.ts';
import { jobs } from './jobs.ts';
import { inHours, planned, set, toldOf } from './stage.fixture.ts';

stage();

let samuel: Viewer;
let odile: Viewer;
beforeAll(async () => {
	[samuel, odile] = [await as('samuel'), await as('odile')];
});
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from notices.notice`)));

const job = (name: string) => jobs.find((one) => one.name === name)!.work as (what: object) => Promise<void>;
const off = (id: string) => cancel(samuel, id, { reason: 'Tempête', scope: 'this' });
/** Tomorrow's event, to which Odile comes, and whose reminder is due. */
async function tomorrow(): Promise<string> {
	const id = await planned({ startsAt: inHours(3) });
	await answer(odile, id, { presence: 'coming', guests: 0 });
	await set(id, 'reminded_at = now()');
	return id;
}
const typesOf = async (viewer: Viewer) => (await notices(viewer)).fresh.map(({ type }) => type);

describe('what is called off calls nobody any more', () => {
	test('a reminder that was queued before tells nobody', async () => {
		const id = await tomorrow();
		await asSystem('test', (tx) => enqueue(tx, 'events.remind_people', { eventId: id, after: null }));
		await off(id);
		await drainJobs();
		expect(await toldOf('event_reminder', id)).toEqual([]);
		expect(await toldOf('event_cancelled', id)).toEqual(['odile']);
	});

	test('a reminder that leaves as it is called off is read by nobody', async () => {
		for (let turn = 0; turn < 5; turn++) {
			const id = await tomorrow();
			await Promise.all([job('events.remind_people')({ eventId: id, after: null }), off(id)]);
			await drainJobs();
			expect(await typesOf(odile)).toEqual(['event_cancelled']);
			await asSystem('test', (tx) => tx.run(sql`delete from notices.notice`));
		}
	});

	test('who was being invited is left in peace', async () => {
		const id = await planned();
		await inviteUnit(samuel, id, idOf('villebrume'));
		await off(id);
		await drainJobs();
		expect(await toldOf('event_invited', id)).toEqual([]);
	});

	test('a change that is told late does not come after the cancellation', async () => {
		const id = await tomorrow();
		await off(id);
		const change = { eventIds: [id], about: 'changed', byId: samuel.id, after: null };
		await asSystem('test', (tx) => enqueue(tx, 'events.tell_answered', change));
		await drainJobs();
		expect(await toldOf('event_changed', id)).toEqual([]);
	});

	test('moved to another day, the reminder of the former one does not leave', async () => {
		const id = await tomorrow();
		await asSystem('test', (tx) => enqueue(tx, 'events.remind_people', { eventId: id, after: null }));
		await set(
			id,
			`reminded_at = null, starts_at = now() + interval '9 days', ends_at = now() + interval '10 days'`,
		);
		await drainJobs();
		expect(await toldOf('event_reminder', id)).toEqual([]);
	});
});
