import { beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { visitor } from '#platform/viewer.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { cancel } from './change.ts';
import { planned, set } from './stage.fixture.ts';
import { type About, mailVisitor } from './visitor-mails.ts';
import { cancelVisit, confirmVisit, visit, visitorKey } from './visitors.ts';

stage();

let id: string;
let visitorId: string;
let key: string;
const rosa = 'rosa@dehors.example';
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`);
	await scene(sql`delete from platform.mail`);
	id = await planned({ visibility: 'public', capacity: 3, guests: 1 });
	const ip = `10.9.${Math.floor(Math.random() * 250)}.1`;
	await visit(visitor, id, { email: rosa, name: '', website: '' }, { ip, language: 'fr' });
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select visitor.id from events.visitor where visitor.event_id = ${id}::uuid`),
	);
	visitorId = row!.id;
	key = visitorKey(visitorId);
});

const leave = async () => {
	await drainJobs();
	return asSystem('test', (tx) =>
		tx.many<{ kind: string; text: string }>(sql`select replace(mail.kind, 'events.visitor_', '') as kind,
			mail.message ->> 'text' as text from platform.mail where mail.recipient = ${rosa} order by mail.id`),
	);
};
const kinds = async () => (await leave()).map(({ kind }) => kind);
/** She has her place, her first mail left, and another waits in the outbox. */
async function waits(about: About): Promise<void> {
	await confirmVisit(visitor, id, { cle: key, guests: 0 });
	await leave();
	await scene(sql`delete from platform.mail`);
	await mailVisitor({ visitorId, about });
}
const abouts: About[] = ['seated', 'changed', 'reminder'];

describe('a mail to somebody without account, while it waits to leave', () => {
	test('keeps no word; as it leaves it says the hour and place that hold then', async () => {
		await waits('changed');
		const [kept] = await asSystem('test', (tx) =>
			tx.many<{ all: string }>(sql`select to_jsonb(mail)::text as all from platform.mail`),
		);
		expect(kept!.all).not.toContain('Stand au marché');
		await set(id, `title = 'Stand sous la halle', place_name = 'Halle aux grains'`);
		const [mail, ...more] = await leave();
		expect(more).toEqual([]);
		expect(mail!.text).toMatch(/Stand sous la halle.*Halle aux grains/s);
		expect(mail!.text).not.toContain('Stand au marché');
	});

	test.each(abouts)('of what is called off meanwhile, only that is said, once (%s)', async (about) => {
		await waits(about);
		await cancel(await as('samuel'), id, { reason: 'Tempête', scope: 'this' });
		expect(await kinds()).toEqual(['cancelled']);
	});

	test.each([...abouts, 'cancelled'] as const)(
		'does not leave once they gave their place back (%s)',
		async (about) => {
			await waits(about);
			if (about === 'cancelled') await cancel(await as('samuel'), id, { reason: 'Tempête', scope: 'this' });
			await scene(sql`delete from jobs.job where name <> 'events.send_visitor'`);
			await cancelVisit(visitor, id, { cle: key });
			expect(await kinds()).toEqual([]);
			const rows = await asSystem('test', (tx) => tx.many(sql`select 1 as one from platform.mail`));
			expect(rows).toEqual([]);
		},
	);

	test('that asks to confirm does not leave once it is called off, over, or hidden', async () => {
		for (const gone of [
			`cancelled_at = now(), cancel_reason = 'x'`,
			`starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour'`,
			`visibility = 'network'`,
		]) {
			await mailVisitor({ visitorId, about: 'confirm' });
			await set(id, gone);
			expect(await kinds()).toEqual([]);
			await set(
				id,
				`cancelled_at = null, visibility = 'public', starts_at = now() + interval '50 hours', ends_at = now() + interval '52 hours'`,
			);
		}
		await mailVisitor({ visitorId, about: 'confirm' });
		await scene(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
			values ('event', ${id}, ${id}, ${newId()})`);
		expect(await kinds()).toEqual([]);
	});

	test('of what is no longer public says nothing, but that it is called off, under the name they know', async () => {
		await waits('changed');
		await set(id, `visibility = 'unit', title = 'Titre entre nous', place_name = 'Chez Rosa'`);
		expect(await kinds()).toEqual([]);
		await cancel(await as('samuel'), id, { reason: 'Tempête', scope: 'this' });
		const [mail] = await leave();
		expect(mail!.text).toMatch(/Stand au marché.*Tempête/s);
		expect(mail!.text).not.toMatch(/Titre entre nous|Chez Rosa/);
	});

	test('of the day before does not leave once it has begun', async () => {
		await waits('reminder');
		await set(id, `starts_at = now() - interval '1 minute', ends_at = now() + interval '3 hours'`);
		expect(await kinds()).toEqual([]);
	});
});
