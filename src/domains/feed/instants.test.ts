import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene, told } from '#tests/traces.ts';
import { posts } from './policy.ts';
import { publish, undoSeconds } from './publish.ts';
import { remove, restore, undo } from './remove.ts';
import { feedStage, say } from './stage.fixture.ts';
import { vote } from './vote.ts';

feedStage();

let odile: Viewer;
let samuel: Viewer;
beforeAll(async () => {
	[odile, samuel] = [await as('odile'), await as('samuel')];
});

const asked = (viewer: Viewer, rule: Rule, id: string) =>
	sql`coalesce((select ${rule(viewer)} from feed.post where post.id = ${id}::uuid), false)`;

/** What each may do at an instant, told from when the post comes out; the clock of the database stands still meanwhile. */
const at = (id: string, out: string) =>
	asSystem('test', async (tx) => {
		await tx.run(
			sql`update feed.post set publish_after = now() - ${out}::interval where post.id = ${id}::uuid`,
		);
		return tx.one<{ undone: boolean; read: boolean; own: boolean; thanked: boolean }>(sql`select
			${asked(odile, posts.undo, id)} as undone, ${asked(samuel, posts.see, id)} as read,
			${asked(odile, posts.see, id)} as own, ${asked(samuel, posts.thank, id)} as thanked`);
	});

describe('a post that comes out in ten seconds', () => {
	test('comes out ten seconds after it was sent, and is dated of when it was sent', async () => {
		const before = Date.now();
		const id = await say(odile, 'Réunion jeudi, salle des mariages.');
		const row = await asSystem('test', (tx) =>
			tx.one<{ sent: Date; out: Date }>(
				sql`select published_at as sent, publish_after as out from feed.post where id = ${id}`,
			),
		);
		expect(row!.out.getTime() - row!.sent.getTime()).toBe(undoSeconds * 1000);
		expect(row!.sent.getTime()).toBeGreaterThanOrEqual(before);
		expect(undoSeconds).toBe(10);
	});

	test('is at each instant either taken back by its author or read by the others, never both nor neither', async () => {
		const id = await say(odile, 'Le marché de dimanche est annulé.');
		for (const out of ['-10 seconds', '-1 microsecond', '0', '1 microsecond', '1 day']) {
			const now = (await at(id, out))!;
			expect([out, now.undone !== now.read, now.read === now.thanked, now.own]).toEqual([
				out,
				true,
				true,
				true,
			]);
		}
		expect((await at(id, '0'))!.read).toBe(true);
		expect((await at(id, '-1 microsecond'))!.undone).toBe(true);
	});

	test('taken back too late, it says so and stays; taken back in time, nobody ever reads it', async () => {
		const late = await say(odile, 'Apportez des chaises.');
		await at(late, '0');
		expect(await told(undo(odile, late))).toBe('Invalid: feed.too_late');
		expect((await at(late, '0'))!.read).toBe(true);
		const early = await say(odile, 'Apportez des tables.');
		await undo(odile, early);
		expect(await at(early, '1 hour')).toEqual({ undone: false, read: false, own: false, thanked: false });
	});
});

test('a removal is undone within fifteen seconds, and not at the fifteenth', async () => {
	const id = await say(odile, 'Le tract est prêt.');
	await at(id, '1 minute');
	await remove(odile, id);
	const after = (age: string) =>
		asSystem('test', async (tx) => {
			await tx.run(
				sql`update feed.post set deleted_at = now() - ${age}::interval where post.id = ${id}::uuid`,
			);
			const row = await tx.one<{ may: boolean }>(sql`select ${asked(odile, posts.restore, id)} as may`);
			return row!.may;
		});
	expect([await after('14.999999 seconds'), await after('15 seconds'), await after('1 hour')]).toEqual([
		true,
		false,
		false,
	]);
	await scene(
		sql`update feed.post set deleted_at = now() - interval '20 seconds' where post.id = ${id}::uuid`,
	);
	expect(await told(restore(odile, id))).toBe('Invalid: feed.too_late');
});

describe('a poll of so many days', () => {
	const ask = (days: '1' | '3' | '7' | '14' | '30') =>
		publish(odile, {
			text: 'Quel soir ?',
			audience: { audience: 'unit', unitId: idOf('villebrume') },
			as: '',
			link_url: '',
			video_url: '',
			photos: [],
			descriptions: [],
			options: ['Jeudi', 'Samedi'],
			poll_days: days,
		});
	const pollOf = (id: string) =>
		asSystem('test', (tx) =>
			tx.one<{
				hours: number;
				option: string;
			}>(sql`select extract(epoch from poll.ends_at - post.published_at)::int / 3600 as hours,
				(select option.id from feed.option where option.post_id = post.id order by option.position limit 1) as option
				from feed.poll join feed.post on post.id = poll.post_id where post.id = ${id}`),
		);

	test('lasts so many times twenty-four hours from when it was sent', async () => {
		for (const days of ['1', '3', '7', '14', '30'] as const)
			expect([days, (await pollOf(await ask(days)))!.hours]).toEqual([days, Number(days) * 24]);
	});

	test('takes answers until its end; afterwards it says that it is over, and counts none', async () => {
		const id = await ask('1');
		await at(id, '1 minute');
		const { option } = (await pollOf(id))!;
		await vote(samuel, id, { choices: [option] });
		await scene(sql`update feed.poll set ends_at = now() where post_id = ${id}`);
		expect(await told(vote(odile, id, { choices: [option] }))).toBe('Invalid: choices feed.poll_over');
		expect(await told(vote(samuel, id, { choices: [] }))).toBe('Invalid: choices feed.poll_over');
		const kept = await asSystem('test', (tx) =>
			tx.one(sql`select voters, (select sum(votes)::int from feed.option where post_id = ${id}) as votes
				from feed.poll where post_id = ${id}`),
		);
		expect(kept).toEqual({ voters: 1, votes: 1 });
	});
});
