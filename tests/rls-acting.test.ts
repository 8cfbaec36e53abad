import { beforeAll, describe, expect, test } from 'vitest';
import { events } from '#domains/events/policy.ts';
import { circles } from '#domains/groups/policy.ts';
import { initiatives } from '#domains/missions/initiatives/policy.ts';
import { missions } from '#domains/missions/policy.ts';
import { asSystem, read, write } from '#platform/db.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { makeActors } from './matrix/actors.ts';
import { putThings, type Things } from './matrix/things.ts';
import { type CastName, cast, idOf } from './party.ts';
import { as, outcome, stage } from './stage.ts';

stage();

let things: Things;
beforeAll(async () => {
	await makeActors();
	things = await putThings();
});

const names = ['visitor', ...Object.keys(cast)] as (CastName | 'visitor')[];
const tables: Record<string, Rule> = {
	'groups.circle': circles.see,
	'events.event': events.see,
	'missions.mission': missions.see,
	'missions.initiative': initiatives.see,
};
type Row = { id: string };

/** What the database gives to a session of this viewer when no rule of ours is asked. */
const given = async (viewer: Viewer, table: string) =>
	(await read(viewer, (tx) => tx.many<Row>(sql`select id from ${sql.raw(table)}`))).map(({ id }) => id);
const gives = async (name: CastName | 'visitor', table: string, id: string, factor = true) =>
	(await given(await as(name, { factor }), table)).includes(id);
/** For whom, of these, the row is there. */
async function readersOf(table: string, id: string, some: (CastName | 'visitor')[]): Promise<string[]> {
	const there = await Promise.all(some.map((name) => gives(name, table, id)));
	return some.filter((_, n) => there[n]);
}

test.each(Object.keys(tables))('%s: the database takes nothing from who may see it', async (table) => {
	for (const name of names) {
		const viewer = await as(name);
		const seen = await asSystem('test', (tx) =>
			tx.many<Row>(sql`select id from ${sql.raw(table)} where ${tables[table]!(viewer)}`),
		);
		const there = await given(viewer, table);
		expect([name, seen.filter(({ id }) => !there.includes(id))]).toEqual([name, []]);
	}
});

describe('with every rule off, the database alone keeps', () => {
	test('a secret group for its people and who is invited', async () => {
		const some = ['odile', 'mathis', 'samuel', 'ines', 'gerard', 'sabrina', 'visitor'] as const;
		expect(await readersOf('groups.circle', things.circle.secret, [...some])).toEqual([
			'odile',
			'mathis',
			'samuel',
		]);
		expect(await readersOf('groups.circle', things.circle.closed, ['ines', 'visitor'])).toEqual(['ines']);
	});

	test('an event of a unit for its people, who moderates, who organises and who is asked to', async () => {
		const some = ['odile', 'samuel', 'paulo', 'fanny', 'ines', 'noemie', 'tidiane', 'visitor'] as const;
		expect(await readersOf('events.event', things.event.unit, [...some])).toEqual([
			'odile',
			'samuel',
			'paulo',
			'fanny',
		]);
		expect(await readersOf('events.event', things.event.public, ['ines', 'visitor'])).toEqual([
			'ines',
			'visitor',
		]);
	});

	test('an event by invitation for who is invited, and who organises', async () => {
		const some = ['odile', 'samuel', 'paulo', 'fanny', 'noemie', 'tidiane', 'visitor'] as const;
		expect(await readersOf('events.event', things.event.invited, [...some])).toEqual([
			'samuel',
			'noemie',
			'tidiane',
		]);
	});

	test('missions and ideas said to a unit for its people, and who answers for it', async () => {
		const some = ['odile', 'samuel', 'paulo', 'fanny', 'noemie', 'visitor'] as const;
		for (const [table, id] of [
			['missions.mission', things.mission.official],
			['missions.initiative', things.initiative.own],
		] as const)
			expect([table, await readersOf(table, id, [...some])]).toEqual([table, ['odile', 'samuel', 'paulo']]);
		expect(await readersOf('missions.mission', things.mission.network, ['noemie', 'visitor'])).toEqual([
			'noemie',
		]);
	});

	test('what an office opens, while its second factor is not given', async () => {
		expect(await gives('yamina', 'events.event', things.event.invited)).toBe(true);
		expect(await gives('yamina', 'events.event', things.event.invited, false)).toBe(false);
		expect(await gives('yamina', 'missions.mission', things.mission.official, false)).toBe(false);
	});
});

test('whoever is on the list of a mission still finds it, wherever they belong since', async () => {
	const id = things.mission.begun;
	expect(await gives('noemie', 'missions.mission', id)).toBe(false);
	await asSystem('test', (tx) =>
		tx.run(sql`insert into missions.enrolment (mission_id, person_id) values (${id}, ${idOf('noemie')})`),
	);
	expect(await gives('noemie', 'missions.mission', id)).toBe(true);
});

test('the index of words tells nobody of what they may not see', async () => {
	const found = (name: CastName | 'visitor', call: string) =>
		as(name).then((viewer) =>
			read(viewer, (tx) => tx.many<Row>(sql`select ${sql.raw(call)}('canary') as id`)),
		);
	const ids = async (name: CastName | 'visitor', call: string) =>
		(await found(name, call)).map(({ id }) => id);
	expect(await ids('odile', 'events.holding')).toContain(things.event.unit);
	expect(await ids('noemie', 'events.holding')).not.toContain(things.event.unit);
	expect(await ids('visitor', 'events.holding')).toContain(things.event.public);
	expect(await ids('odile', 'missions.holding')).toContain(things.mission.official);
	expect(await ids('noemie', 'missions.holding')).not.toContain(things.mission.official);
	expect(await ids('visitor', 'missions.holding')).not.toContain(things.mission.network);
	expect(await ids('noemie', 'missions.ideas_holding')).not.toContain(things.initiative.own);
});

test('nobody moves a row out of their own sight, nor into somebody else’s', async () => {
	const moved = async (name: CastName, change: string) =>
		outcome(write(await as(name), (tx) => tx.run(sql.raw(change))));
	const secret = things.circle.secret;
	expect(await moved('ines', `update groups.circle set visibility = 'open' where id = '${secret}'`)).toBe(0);
	expect(
		await moved('ines', `update events.event set visibility = 'public' where id = '${things.event.unit}'`),
	).toBe(0);
	expect(
		await moved(
			'ines',
			`insert into missions.mission (id, kind, title, unit_id, by_id, is_official, place, starts_at, ends_at, needed)
			values ('${idOf('false call')}', 'doors', 'x', '${idOf('villebrume')}', '${idOf('ines')}', true, 'x', now(), now() + interval '1 hour', 1)`,
		),
	).toBe('Forbidden');
});
