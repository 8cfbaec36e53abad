import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse } from '#domains/admin/admin.fixture.ts';
import { repairCounts } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { seedDemo } from '../demo.ts';
import { inventName } from './names.ts';
import { sectionName } from './places.ts';
import { chance } from './random.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-demo-'));
beforeAll(async () => {
	process.env.COOPOL_FILES = folder;
	await emptyHouse();
	await seedDemo();
	forgetSettings();
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The rows that a sound demonstration does not have. */
const wrong = (query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.many(query));
const count = async (query: ReturnType<typeof sql>) =>
	(await asSystem('test', (tx) => tx.one<{ n: number }>(query)))!.n;

test('some people show a picture to the whole network, the others their initials', async () => {
	const shown = sql`profiles.field where field.kind = 'photo' and field.audience = 'network'`;
	expect(await count(sql`select count(*)::int as n from ${shown}`)).toBeGreaterThan(10);
	expect(
		await count(sql`select count(*)::int as n from ${shown} and field.person_id = ${idOf('odile')}`),
	).toBe(0);
});

test('the whole cast is there among hundreds of people and dozens of places, all invented', async () => {
	expect(await count(sql`select count(*)::int as n from people.person`)).toBeGreaterThan(400);
	expect(await count(sql`select count(*)::int as n from territory.unit`)).toBeGreaterThan(50);
	const names = await asSystem('test', (tx) =>
		tx.many<{ name: string }>(sql`select name from people.person`),
	);
	const found = names.map(({ name }) => name);
	expect(Object.values(cast).filter(({ name }) => !found.includes(name))).toEqual([]);
	expect(found.length - new Set(found).size).toBe(0);
	expect(await wrong(sql`select email from people.contact where email not like '%.example'`)).toEqual([]);
	expect(await wrong(sql`select 1 as phone from people.contact where phone_key is not null`)).toEqual([]);
	expect(
		await wrong(sql`select code from territory.zone where kind = 'commune' and code not like 'X%'`),
	).toEqual([]);
});

test('everybody belongs to one section at most, every section covers somewhere, and counts are right', async () => {
	expect(
		await wrong(sql`select person_id from territory.attachment join territory.unit on unit.id = unit_id
			where until is null group by person_id, unit.kind_id having count(*) > 1`),
	).toEqual([]);
	expect(
		await wrong(sql`select unit.name from territory.unit join territory.unit_kind on unit_kind.id = kind_id
			where key = 'section' and not exists (select from territory.coverage where coverage.unit_id = unit.id)`),
	).toEqual([]);
	expect(
		await wrong(sql`select zone_id from territory.coverage join territory.unit on unit.id = unit_id
			join territory.unit_kind on unit_kind.id = kind_id group by zone_id, unit_kind.key having count(*) > 1`),
	).toEqual([]);
	expect(await asSystem('test', repairCounts)).toBe(0);
});

test('who holds an office is a member in good standing of that place or below; who left holds none', async () => {
	expect(
		await wrong(sql`select person.name, unit.name as place from territory.term
			join people.person on person.id = term.person_id join territory.unit on unit.id = term.unit_id
			where term.ends_at is null and not (person.left_at is null and person.confirmed_at is not null
				and exists (select from people.membership join people.membership_type on membership_type.id = type_id
					where membership.person_id = person.id and ended_at is null and verified_at is not null and grants = 'member'
						and (paid_until is null or paid_until >= current_date))
				and exists (select from territory.attachment join territory.unit as home on home.id = attachment.unit_id
					where attachment.person_id = person.id and until is null and home.ancestors @> array[unit.id]))`),
	).toEqual([]);
	expect(
		await wrong(sql`select unit_id from territory.term join territory.office on office.id = office_id
			where ends_at is null and leads group by unit_id having count(*) > 1`),
	).toEqual([]);
	expect(
		await count(sql`select count(*)::int as n from territory.term where ends_at < now()`),
	).toBeGreaterThan(3);
	const led = await count(sql`select count(distinct unit_id)::int as n from territory.term
		join territory.office on office.id = office_id where leads and ends_at is null`);
	const all = await count(sql`select count(*)::int as n from territory.unit`);
	expect(led).toBeGreaterThan(all / 2);
	expect(led).toBeLessThan(all);
});

test('nobody speaks from the future, before what they answer, where they do not belong, or after they left', async () => {
	expect(
		await wrong(
			sql`select text from feed.post where published_at > now() union all select text from feed.comment where created_at > now()`,
		),
	).toEqual([]);
	expect(
		await wrong(
			sql`select comment.text from feed.comment join feed.post on post.id = post_id where comment.created_at < post.published_at`,
		),
	).toEqual([]);
	const said = sql`(select author_id, unit_id, as_unit_id, published_at as at, text from feed.post
		union all select comment.author_id, post.unit_id, null, comment.created_at, comment.text from feed.comment join feed.post on post.id = post_id)`;
	expect(
		await wrong(sql`select person.name, said.text from ${said} as said join people.person on person.id = author_id
			where person.left_at < said.at or person.confirmed_at is null
				or exists (select from people.suspension where suspension.person_id = person.id and lifted_at is null)`),
	).toEqual([]);
	expect(
		await wrong(sql`select text from feed.post where as_unit_id is not null and not exists (select from territory.term
			where term.person_id = post.author_id and term.unit_id = post.as_unit_id)`),
	).toEqual([]);
});

test('one poll is open and one is over; nobody answered twice a question with one answer; sums are right', async () => {
	const polls = await asSystem('test', (tx) =>
		tx.many<{
			open: boolean;
			several: boolean;
			voters: number;
			sum: number;
			most: number;
			right: boolean;
		}>(sql`
			select poll.ends_at > now() as open, several, voters, (select sum(votes)::int from feed.option where option.post_id = poll.post_id) as sum,
				(select max(n)::int from (select count(*) as n from feed.vote where vote.post_id = poll.post_id group by person_id) as each) as most,
				voters = (select count(distinct person_id) from feed.vote where vote.post_id = poll.post_id) as right from feed.poll`),
	);
	expect(polls.map(({ open }) => open).toSorted()).toEqual([false, true]);
	for (const { several, voters, sum, most, right } of polls) {
		expect([voters > 5, right, most > 1]).toEqual([true, true, several]);
		expect(several ? sum >= voters : sum === voters).toBe(true);
	}
});

test('friends are friends both ways, of nobody twice, never of themselves', async () => {
	expect(
		await wrong(sql`select 1 as alone from friends.link where person_id = friend_id or not exists
			(select from friends.link as back where back.person_id = link.friend_id and back.friend_id = link.person_id)`),
	).toEqual([]);
	const odile = await (await browser('odile')).get('/contacts');
	expect(odile.main).toContain(cast.gerard.name);
	expect(odile.main).toContain('On a tenu le stand ensemble tout l’automne, restons en lien.');
});

test('each sign that officers look for is somewhere: a report of today, one forgotten, a welcome and cards that wait, an offer', async () => {
	const reports = await asSystem('test', (tx) =>
		tx.many<{ late: boolean }>(
			sql`select at < now() - interval '7 days' as late from safety.report order by at`,
		),
	);
	expect(reports).toEqual([{ late: true }, { late: false }]);
	const yamina = await browser('yamina');
	const week = await yamina.get('/mes-20-minutes');
	expect(week.status).toBe(200);
	expect(week.main.length).toBeGreaterThan(200);
	expect(
		await count(
			sql`select count(*)::int as n from people.membership where verified_at is null and member_number is not null and ended_at is null`,
		),
	).toBe(2);
	expect(
		await count(
			sql`select count(*)::int as n from territory.attachment where welcomed_at is null and until is null and since < now() - interval '7 days'`,
		),
	).toBeGreaterThan(0);
	expect(await count(sql`select count(*)::int as n from territory.claim`)).toBe(1);
});

test('whoever one becomes, the first page has something to read, without a key of a catalogue nor a hole', async () => {
	for (const name of ['odile', 'mathis', 'samuel', 'yamina', 'fanny', 'noemie', 'bertrand'] as CastName[]) {
		const home = await (await browser(name)).get('/fil');
		expect([name, home.status]).toEqual([name, 200]);
		expect([name, home.html.match(/<article/g)?.length ?? 0]).not.toEqual([name, 0]);
		// The script fills in how many came meanwhile.
		const text = home.text.replace('{n} nouveaux messages', '');
		expect(text).not.toMatch(/\b(undefined|null|NaN)\b|\{[a-z_]+\}|\b[a-z]+\.[a-z]+_[a-z]+\b/);
	}
	const odile = await (await browser('odile')).get('/fil');
	expect(odile.main).toContain('Quel soir pour le repas partagé de décembre ?');
	expect(odile.main).toContain('La ligne 7 ne passera plus le dimanche.');
});

test('every picture and sound has words for who does not see or hear it, and is held by what shows it', async () => {
	expect(await count(sql`select count(*)::int as n from platform.file`)).toBeGreaterThan(2);
	expect(
		await wrong(
			sql`select name from platform.file where (description = '' and (kind like 'image%' or kind like 'audio%')) or holder_id is null`,
		),
	).toEqual([]);
});

test('the same seed tells the same story; invented names are invented', () => {
	const told = (seed: number) => {
		const luck = chance(seed);
		return Array.from({ length: 50 }, () => inventName(luck));
	};
	expect(told(2010)).toEqual(told(2010));
	expect(told(2010)).not.toEqual(told(2011));
	const luck = chance(7);
	expect(luck.some([1, 2, 3, 4], 9)).toEqual([1, 2, 3, 4]);
	expect(luck.some([1, 2, 3, 4], 0)).toEqual([]);
	const drawn = Array.from({ length: 2_000 }, () => luck.below(5));
	expect(new Set(drawn)).toEqual(new Set([0, 1, 2, 3, 4]));
	expect([
		sectionName('Les Aubrelles'),
		sectionName('Ambrune'),
		sectionName('Épine'),
		sectionName('Villebrume'),
	]).toEqual(['Section des Aubrelles', 'Section d’Ambrune', 'Section d’Épine', 'Section de Villebrume']);
});
