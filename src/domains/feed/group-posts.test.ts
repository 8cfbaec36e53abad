import { beforeAll, describe, expect, test } from 'vitest';
import { accept, type Creation, create, exclude, invite, join, leave } from '#domains/groups/index.ts';
import { asSystem, counters, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { heardBy } from '#platform/live/heard.fixture.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome } from '#tests/stage.ts';
import { comment } from './comment.ts';
import { home } from './home.ts';
import { inGroup } from './in-group.ts';
import { jobs } from './jobs.ts';
import { newPosts } from './live.ts';
import { posts } from './policy.ts';
import { remove } from './remove.ts';
import { findPosts } from './search.ts';
import { befriend, feedStage, said } from './stage.fixture.ts';
import { thread } from './thread.ts';

feedStage();

const groupOf = async (owner: CastName, visibility: Creation['visibility'], ...people: CastName[]) => {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
	const id = await create(await as(owner), {
		name: `Groupe ${visibility}`,
		aim: 'Parler entre nous de tout.',
		rules: '',
		visibility,
		subjects: [],
		unit: '',
		seen: 'on',
	});
	for (const name of people) {
		if (visibility === 'open') await join(await as(name), id);
		else {
			await invite(await as(owner), id, { person: idOf(name) }, true);
			await accept(await as(name), id);
		}
	}
	return id;
};
const to = (group: string) => ({ audience: { audience: 'group' as const, unitId: null, groupId: group } });
const sees = async (name: CastName | 'visitor', id: string) => {
	const viewer = await as(name);
	return Boolean(
		await read(viewer, (tx) =>
			tx.one(sql`select 1 as seen from feed.post where post.id = ${id}::uuid and ${posts.see(viewer)}`),
		),
	);
};
const whoSees = async (id: string) => {
	const seen: string[] = [];
	for (const name of [...(Object.keys(cast) as CastName[]), 'visitor'] as const)
		if (await sees(name, id)) seen.push(name);
	return seen.toSorted();
};
const cardsOf = async (name: CastName) => (await home(await as(name))).cards;

const ids: Record<'open' | 'closed' | 'secret', string> = { open: '', closed: '', secret: '' };
beforeAll(async () => {
	for (const visibility of ['open', 'closed', 'secret'] as const)
		ids[visibility] = await groupOf('odile', visibility, 'mathis', 'tidiane');
});

describe('words said in a group', () => {
	test('closed or secret: read by its people, whatever their office or their friends', async () => {
		await befriend('odile', 'ines');
		for (const visibility of ['closed', 'secret'] as const) {
			const id = await said(await as('odile'), `Entre nous ${visibility}`, to(ids[visibility]));
			expect(await whoSees(id)).toEqual(['mathis', 'odile', 'tidiane']);
			expect(await outcome(comment(await as('ines'), id, { text: 'Moi aussi', reply_to: '' }))).toBe(
				'NotFound',
			);
			expect((await cardsOf('ines')).map((card) => card.id)).not.toContain(id);
			expect(await findPosts(await as('yamina'), `entre nous ${visibility}`)).toEqual([]);
			expect((await inGroup(await as('yamina'), ids[visibility])).cards).toEqual([]);
		}
	});

	test('open: read by the network, found on its page, in the home of its people alone', async () => {
		const id = await said(await as('mathis'), 'À qui veut', to(ids.open));
		expect(await sees('ines', id)).toBe(true);
		expect(await sees('visitor', id)).toBe(false);
		expect((await inGroup(await as('ines'), ids.open)).cards.map((card) => card.id)).toContain(id);
		expect((await cardsOf('ines')).map((card) => card.id)).not.toContain(id);
		const [card] = (await cardsOf('tidiane')).filter((one) => one.id === id);
		expect([card?.reason, card?.group?.name]).toEqual(['group', 'Groupe open']);
	});

	test('are said by its people alone, and never for a unit', async () => {
		expect(await outcome(said(await as('ines'), 'Bonjour', to(ids.open)))).toBe('Invalid');
		expect(await outcome(said(await as('ines'), 'Bonjour', to(ids.secret)))).toBe('Invalid');
		const group = await groupOf('samuel', 'open');
		expect(await outcome(said(await as('samuel'), 'Bonjour', { ...to(group), as: idOf('villebrume') }))).toBe(
			'Invalid',
		);
	});

	test('leave the home of who leaves, and of who is put out', async () => {
		const group = await groupOf('odile', 'closed', 'mathis', 'tidiane');
		const id = await said(await as('odile'), 'Avant', to(group));
		expect((await cardsOf('mathis')).map((card) => card.id)).toContain(id);
		await leave(await as('mathis'), group);
		await exclude(await as('odile'), group, { person: idOf('tidiane'), reason: 'Insultes' });
		for (const name of ['mathis', 'tidiane'] as const) {
			expect((await cardsOf(name)).map((card) => card.id)).not.toContain(id);
			expect(await sees(name, id)).toBe(false);
		}
	});

	test('are removed by who answers for the group; another member reads and does not remove', async () => {
		const id = await said(await as('mathis'), 'À enlever', to(ids.closed));
		expect(await outcome(remove(await as('tidiane'), id))).toBe('Forbidden');
		expect(await outcome(remove(await as('yamina'), id))).toBe('NotFound');
		expect(await outcome(remove(await as('odile'), id))).toBeUndefined();
	});

	test('reach a moderator only once reported, and no longer once answered', async () => {
		const id = await said(await as('mathis'), 'Des mots durs', to(ids.secret));
		expect(await sees('paulo', id)).toBe(false);
		await asSystem('test', (tx) =>
			tx.run(sql`insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason)
				values (${idOf('a report')}, ${idOf('odile')}, 'post', ${id}, ${id}, ${idOf('mathis')}, ${idOf('mathis')}, null, 'attack')`),
		);
		expect(await sees('paulo', id)).toBe(true);
		// The words, and not where they were said.
		expect((await thread(await as('paulo'), id)).card.group).toBeNull();
		expect(await sees('fanny', id)).toBe(false);
		await asSystem('test', (tx) => tx.run(sql`update safety.report set decision_id = ${idOf('decided')}`));
		expect(await sees('paulo', id)).toBe(false);
	});

	test('keep the group awake, and are heard live by its people', async () => {
		await asSystem('test', (tx) =>
			tx.run(
				sql`update groups.circle set active_at = now() - interval '5 months', warned_at = now() where id = ${ids.open}`,
			),
		);
		const postId = await said(await as('odile'), 'Réveil', to(ids.open));
		await (jobs.find(({ name }) => name === 'feed.announce')!.work as (one: object) => Promise<void>)({
			postId,
		});
		await drainJobs();
		const row = await asSystem('test', (tx) =>
			tx.one(
				sql`select active_at > now() - interval '1 minute' as awake, warned_at from groups.circle where id = ${ids.open}`,
			),
		);
		expect(row).toEqual({ awake: true, warned_at: null });
		const [his, hers] = [
			(await heardBy(await as('tidiane'), newPosts)).channels,
			(await heardBy(await as('ines'), newPosts)).channels,
		];
		expect(his).toContain(`group:${ids.secret}`);
		expect(hers).not.toContain(`group:${ids.secret}`);
	});
});

/** Puts Noémie in so many more groups, each with thirty posts of the last hour. */
const crowdOf = (groups: number) =>
	asSystem('test', async (tx) => {
		await tx.run(sql`with made as (insert into groups.circle (id, name, folded, purpose, visibility, owner_id)
				select gen_random_uuid(), 'Masse ' || n, 'masse', 'Un but', 'closed', ${idOf('odile')} from generate_series(1, ${groups}::int) as n returning id)
			insert into groups.seat (person_id, circle_id) select ${idOf('noemie')}, made.id from made`);
		await tx.run(sql`insert into feed.post (id, author_id, audience, group_id, text, publish_after)
			select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - 3600000 + n * 7), 12, '0') || '70008' || substr(md5(seat.circle_id::text || n), 1, 15))::uuid,
				${idOf('odile')}, 'group', seat.circle_id, 'Mot', now() - interval '1 hour'
			from groups.seat cross join generate_series(1, 30) as n where seat.person_id = ${idOf('noemie')}
				and not exists (select from feed.post where post.group_id = seat.circle_id)`);
	});

test('the home of somebody in forty groups asks no more queries than in one, and mixes them by date', async () => {
	const counted = async () => {
		const viewer = await as('noemie');
		const before = counters.queries;
		const { cards } = await home(viewer);
		return { queries: counters.queries - before, cards };
	};
	await crowdOf(1);
	const one = await counted();
	expect(one.cards).toHaveLength(20);
	await crowdOf(39);
	const forty = await counted();
	expect(forty.queries).toBe(one.queries);
	expect(new Set(forty.cards.map(({ group }) => group?.id)).size).toBeGreaterThan(10);
	expect(forty.cards.map(({ id }) => id)).toEqual(
		forty.cards
			.map(({ id }) => id)
			.toSorted()
			.reverse(),
	);
});
