import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { domains } from '#registry.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { everything } from '../canaries.fixture.ts';
import { keptAbout } from '../map.ts';
import { retain } from '../retain.ts';
import { accounts } from './accounts.fixture.ts';
import { events } from './events.fixture.ts';
import { files } from './files.fixture.ts';
import type { Line } from './line.fixture.ts';
import { lists } from './lists.fixture.ts';
import { messages } from './messages.fixture.ts';
import { offices } from './offices.fixture.ts';
import { words } from './words.fixture.ts';

stage();

// Nobody of the cast is forgotten whole here: only things are.
beforeAll(() =>
	scene(sql`update people.person set left_at = null, confirmed_at = coalesce(confirmed_at, now())`),
);

/** Everything that the house forgets by itself, but the journal, which the database keeps by its own clock. */
const lines = [...accounts, ...words, ...files, ...offices, ...messages, ...events, ...lists];
const at = new Date('2026-03-10T10:00:00Z');
// Each round makes its own things: some leave an empty place behind.
let round = 0;
const idFor = ({ table, when }: Line) => idOf(`${table} ${when} ${round}`);
const make = (line: Line) => scene(...line.made(at, idFor(line)));
const isLeft = async (line: Line) => {
	const rows = line.left?.(idFor(line)) ?? sql`${sql.ref(line.table)} where id = ${idFor(line)}::uuid`;
	return (await asSystem('test', (tx) => tx.many(sql`select 1 from ${rows}`))).length > 0;
};
/** The instant when the time of a thing is over, by the calendar. */
const limitOf = async ({ kept }: Line) =>
	(await asSystem('test', (tx) =>
		tx.one<{ at: Date }>(sql`select ${at}::timestamptz + ${kept}::interval as at`),
	))!.at.getTime();

describe('a thing is kept to its last second, and not one more', () => {
	test.each(lines.map((line) => [line.table, line.when, line.kept, line] as const))(
		'%s: %s, then %s',
		async (table, _when, _kept, line) => {
			await make(line);
			const limit = await limitOf(line);
			await retain(domains, new Date(limit - 1000), false);
			expect(await isLeft(line)).toBe(true);
			const said = await retain(domains, new Date(limit + 1000), true);
			if (table !== 'people.recovery_voucher') expect(said[table]).toBeGreaterThan(0);
			expect(await isLeft(line)).toBe(true);
			await retain(domains, new Date(limit + 1000), false);
			expect(await isLeft(line)).toBe(false);
		},
	);
});

test('every time that the map promises has its story here, and the journal’s own', () => {
	const told = new Set([...lines.map(({ table }) => table), 'audit.entry', 'audit.anchor']);
	// The file of an import goes with its lines: see src/domains/imports/by-hand.test.ts.
	told.add('imports.import');
	told.add('imports.known');
	const promised = keptAbout(domains).filter(({ kept }) => /\d|three/.test(kept));
	expect(promised.length).toBeGreaterThan(20);
	expect(promised.map(({ table }) => table).filter((table) => !told.has(table))).toEqual([]);
});

describe('what is still of use stays, however long it lasts', () => {
	test('a friendship, a post, a running office, a loan, an open claim, an invitation that works', async () => {
		const [odile, mathis, unit] = [idOf('odile'), idOf('mathis'), idOf('villebrume')];
		const far = sql`now() + interval '20 years'`;
		await scene(
			sql`insert into friends.request (id, from_id, to_id, answer, asked_at) values (${idOf('yes')}, ${odile}, ${mathis}, 'accepted', ${at})`,
			sql`insert into friends.link (person_id, friend_id, since) values (${odile}, ${mathis}, ${at})`,
			sql`insert into feed.post (id, author_id, audience, text, published_at) values (${idOf('old')}, ${odile}, 'network', 'x', ${at})`,
			sql`insert into territory.loan (id, lender_id, borrower_id, unit_id, powers, ends_at) values (${idOf('long')}, ${mathis}, ${odile}, ${unit}, '{}', ${far})`,
			sql`insert into territory.invitation (id, inviter_id, unit_id, code, expires_at) values (${idOf('open')}, ${odile}, ${unit}, 'OUVERTE', ${far})`,
			sql`insert into territory.claim (id, unit_id, office_id, person_id, made_at) select ${idOf('waits')}, unit_id, office_id, ${odile}, ${at} from territory.term limit 1`,
			sql`insert into safety.block (person_id, blocked_id, at) values (${odile}, ${mathis}, ${at})`,
			sql`insert into notices.choice (person_id, category, channel, rhythm, at) values (${odile}, 'friends', 'mail', 'each', ${at})`,
			sql`insert into people.suppression (email_hash, at) values ('print', ${at})`,
		);
		const count = async () =>
			asSystem('test', (tx) =>
				tx.one(sql`select (select count(*)::int from friends.request) as requests, (select count(*)::int from friends.link) as friends,
				(select count(*)::int from feed.post) as posts, (select count(*)::int from territory.loan) as loans,
				(select count(*)::int from territory.invitation) as invitations, (select count(*)::int from territory.claim) as claims,
				(select count(*)::int from territory.term) as terms, (select count(*)::int from safety.block) as blocks,
				(select count(*)::int from notices.choice) as choices, (select count(*)::int from people.suppression) as promises`),
			);
		const before = await count();
		await retain(domains, new Date('2041-03-10T10:00:00Z'), false);
		expect(await count()).toEqual(before);
	});
});

test('the report of a rehearsal says what will go, to the row, and changes not one', async () => {
	round++;
	for (const line of lines) await make(line);
	// What the queue notes of its own rounds is not ours.
	const rows = async () =>
		(await everything())
			.filter(({ table }) => !/^jobs\.(version|queue|schedule)/.test(table))
			.map(({ table, row }) => `${table} ${row}`)
			.toSorted();
	const far = new Date('2031-03-10T10:00:00Z');
	const before = await rows();
	const said = await retain(domains, far, true);
	expect(await rows()).toEqual(before);
	for (const { table } of lines)
		if (table !== 'people.recovery_voucher') expect([table, said[table]! > 0]).toEqual([table, true]);
	expect(await retain(domains, far, false)).toEqual(said);
	const again = await retain(domains, far, true);
	expect(Object.entries(again).filter(([, n]) => n > 0)).toEqual([]);
});
