import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene, told, toldOf } from '#tests/traces.ts';
import { setApart } from './friends.fixture.ts';
import { remove } from './index.ts';
import { restore, ticketFor } from './restore.ts';

stage();
const [odile, samuel] = [idOf('odile'), idOf('samuel')];
let who: Browser;
beforeEach(async () => {
	await drainJobs();
	await scene(
		sql`delete from platform.bucket`,
		sql`delete from notices.notice`,
		sql`delete from safety.block`,
		sql`delete from friends.request`,
		sql`delete from friends.link`,
		sql`insert into friends.link (person_id, friend_id, since) values (${odile}, ${samuel}, '2026-03-01'), (${samuel}, ${odile}, '2026-03-01')`,
	);
	who = await browser('odile');
});

const links = () =>
	asSystem('test', (tx) =>
		tx.many(
			sql`select person_id, friend_id, since::date::text as since from friends.link order by person_id`,
		),
	);
const back = async (name: 'odile' | 'samuel', ticket: string) => told(restore(await as(name), { ticket }));

test('a friendship that was ended by mistake comes back as it was, by the sentence that says it ended', async () => {
	const before = await links();
	const done = await who.through('/contacts?/remove', { person: samuel });
	expect([await links(), done.text.includes('Plus rien ne vous relie')]).toEqual([[], true]);
	const ticket = done.field('ticket')!;
	const restored = await who.through('/contacts?/restore', { ticket });
	expect(restored.text).toContain('C’est comme avant');
	expect(await links()).toEqual(before);
	await drainJobs();
	expect(await toldOf('accepted')).toEqual([]);
});

test('once: what the other one ends afterwards stays ended', async () => {
	const ticket = await remove(await as('odile'), { person: samuel });
	expect(await Promise.all([back('odile', ticket), back('odile', ticket)])).toEqual(['done', 'done']);
	expect(await links()).toHaveLength(2);
	await remove(await as('samuel'), { person: odile });
	await back('odile', ticket);
	expect(await links()).toEqual([]);
});

test('not by another, not made up, not after ten minutes, not over a block', async () => {
	const ticket = await remove(await as('odile'), { person: samuel });
	expect(await back('samuel', ticket)).toBe('NotFound');
	expect(await back('odile', `A${ticket}`)).toBe('NotFound');
	const minutesAgo = (n: number) => new Date(Date.now() - n * 60_000).toISOString();
	const late = ticketFor(odile, { person: samuel, since: minutesAgo(60), until: minutesAgo(1) });
	expect(await back('odile', late)).toBe('NotFound');
	await setApart(samuel, odile);
	expect(await back('odile', ticket)).toBe('NotFound');
	expect(await links()).toEqual([]);
});
