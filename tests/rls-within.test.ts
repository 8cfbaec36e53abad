import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, read, write } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { makeActors } from './matrix/actors.ts';
import { putThings, type Things } from './matrix/things.ts';
import { type CastName, cast, idOf } from './party.ts';
import { as, outcome, stage } from './stage.ts';

stage();

let things: Things;
/** The draft of a report, its photo, and a date that comes back: of the event of a unit. */
const series = idOf('series within');
beforeAll(async () => {
	await makeActors();
	things = await putThings();
	const { unit, invited } = things.event;
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into events.series (id, freq, starts_at, time_zone, rule, laid_until)
			values (${series}, 'weekly', now(), 'Europe/Paris', 'FREQ=WEEKLY', now())`);
		await tx.run(
			sql`update events.event set series_id = ${series}, original_start = starts_at where id = ${unit}`,
		);
		for (const [id, published] of [
			[unit, new Date()],
			[invited, null],
		] as const) {
			await tx.run(sql`insert into events.report (event_id, by_id, text, published_at)
				values (${id}, ${idOf('samuel')}, 'canary-told', ${published}::timestamptz)`);
			await tx.run(sql`insert into events.report_picture (event_id, position, file_id)
				values (${id}, 0, ${idOf(`photo ${id}`)})`);
		}
		await tx.run(sql`insert into events.shift (id, event_id, position, name)
			values (${idOf('shift invited')}, ${invited}, 0, 'canary-shift-invited')`);
	});
});

type Name = CastName | 'visitor';
const names = ['visitor', ...Object.keys(cast)] as Name[];
type Row = { of: string };
const rows = async (name: Name, query: Sql) =>
	(await read(await as(name), (tx) => tx.many<Row>(query))).map(({ of }) => of);
/** Of these, to whom the database gives the line when no rule of ours is asked. */
const readersOf = async (query: Sql, some: Name[]): Promise<Name[]> => {
	const found = await Promise.all(some.map((name) => rows(name, query)));
	return some.filter((_, n) => found[n]!.length > 0);
};
const of = (table: string, id: string) =>
	sql`select event_id as of from ${sql.raw(table)} where event_id = ${id}::uuid`;

const within = [
	...['events.co_unit', 'events.shift', 'events.report', 'events.report_picture', 'events.question'],
	'events.answer',
];

test.each(within)('%s: nobody reads more of it than of events', async (table) => {
	let seen = 0;
	for (const name of names) {
		const events = await rows(name, sql`select id as of from events.event`);
		// One's own answer and question, and the invitation, stay one's own.
		const own = sql`(to_jsonb(held) ->> 'person_id' = platform.viewer()::text or to_jsonb(held) ->> 'by_id' = platform.viewer()::text)`;
		const hung = await rows(
			name,
			sql`select event_id as of from ${sql.raw(table)} as held where ${own} is not true`,
		);
		expect([name, hung.filter((id) => !events.includes(id))]).toEqual([name, []]);
		seen += hung.length;
	}
	expect(seen).toBeGreaterThan(0);
});

describe('with every rule off, the database alone keeps what hangs on the event of a unit', () => {
	const some = ['odile', 'samuel', 'paulo', 'fanny', 'ines', 'noemie', 'tidiane', 'visitor'] as Name[];
	const people = ['odile', 'samuel', 'paulo', 'fanny'];

	test('its shifts, who takes them, who comes, and the units that are asked', async () => {
		const { unit } = things.event;
		expect(await readersOf(of('events.shift', unit), some)).toEqual(people);
		expect(await readersOf(of('events.co_unit', unit), some)).toEqual(people);
		expect(await readersOf(of('events.answer', unit), some)).toEqual(people);
		expect(await readersOf(sql`select person_id as of from events.taker`, some)).toEqual(people);
	});

	test('what was asked and answered, what was told of it, its photos, and how it comes back', async () => {
		const { unit } = things.event;
		expect(await readersOf(of('events.question', unit), some)).toEqual(people);
		expect(await readersOf(of('events.report', unit), some)).toEqual(people);
		expect(await readersOf(of('events.report_picture', unit), some)).toEqual(people);
		expect(await readersOf(sql`select id as of from events.series where id = ${series}`, some)).toEqual(
			people,
		);
	});

	test('a draft for who organises, though others are invited', async () => {
		const { invited } = things.event;
		expect(await readersOf(of('events.shift', invited), some)).toEqual(['samuel', 'noemie', 'tidiane']);
		expect(await readersOf(of('events.report', invited), some)).toEqual(['samuel']);
		expect(await readersOf(of('events.report_picture', invited), some)).toEqual(['samuel']);
	});

	test('to which unit an invitation went, for the people of the unit and who organises', async () => {
		const units = sql`select event_id as of from events.invitation where unit_id = ${idOf('castelmauve')}
			and event_id = ${things.event.invited}`;
		expect(await readersOf(units, some)).toEqual(['samuel', 'noemie']);
	});
});

test('what a secret group is about is for its people', async () => {
	const subjects = (id: string) =>
		sql`select circle_id as of from groups.circle_subject where circle_id = ${id}::uuid`;
	const some = ['odile', 'mathis', 'samuel', 'ines', 'gerard', 'visitor'] as Name[];
	expect(await readersOf(subjects(things.circle.secret), some)).toEqual(['odile', 'mathis', 'samuel']);
	expect(await readersOf(subjects(things.circle.open), some)).toEqual(some);
});

test('nobody writes on an event or a group that is not theirs to change, even one they may read', async () => {
	const wrote = async (name: CastName, change: Sql) => outcome(write(await as(name), (tx) => tx.run(change)));
	const shift = (event: string) => sql`insert into events.shift (id, event_id, position, name)
		values (gen_random_uuid(), ${event}, 9, 'x')`;
	expect(await wrote('odile', shift(things.event.unit))).toBe('Forbidden');
	expect(await wrote('samuel', shift(things.event.unit))).toBe(1);
	expect(
		await wrote('odile', sql`update events.report set text = 'x' where event_id = ${things.event.unit}`),
	).toBe(0);
	expect(await wrote('odile', sql`delete from events.co_unit where event_id = ${things.event.unit}`)).toBe(0);
	expect(
		await wrote(
			'noemie',
			sql`insert into events.question (id, event_id, by_id, text)
			values (gen_random_uuid(), ${things.event.unit}, ${idOf('noemie')}, 'x')`,
		),
	).toBe('Forbidden');
	expect(
		await wrote('mathis', sql`delete from groups.circle_subject where circle_id = ${things.circle.secret}`),
	).toBe(0);
});
