import { beforeAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { forget, placesOf, taken } from '#tests/left.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { create } from './create.ts';
import { enrol, leave } from './enrol.ts';
import { merging } from './merged.ts';
import { officialBy, round } from './missions.fixture.ts';
import { missionSaid } from './queries.ts';

stage();

let theirs: string;
let own: string;
beforeAll(async () => {
	await scene(sql`update people.person set rhythm = 'asap'`);
	const [odile, samuel, mathis] = [await as('odile'), await as('samuel'), await as('mathis')];
	own = await create(odile, round({ title: 'Coller avec un trombone', place: 'Rue du Hautbois' }));
	theirs = await officialBy(samuel, { title: 'Tractage en clarinette' });
	await enrol(mathis, own);
	await enrol(odile, theirs);
	await drainJobs();
	await scene(sql`update jobs.job set start_after = now() where name = 'notices.mail'`);
	await drainJobs();
	await enrol(mathis, theirs);
});

const counted = (id: string) =>
	asSystem('test', (tx) =>
		tx.one<{
			n: number;
			kept: number;
		}>(sql`select mission.enrolled as n, (select count(*)::int from missions.enrolment
			where enrolment.mission_id = mission.id and enrolment.left_at is null) as kept
			from missions.mission where mission.id = ${id}::uuid`),
	);

test('a person takes away the missions they called for and the lists they were on, and nobody else’s words', async () => {
	const odile = await taken('odile', 'missions');
	expect(odile).toContain('trombone');
	expect(odile).toContain(theirs);
	expect(odile).not.toContain('clarinette');
	expect(await taken('mathis', 'missions')).not.toMatch(/trombone|clarinette/);
	expect(await taken('ines', 'missions')).not.toMatch(/trombone|clarinette/);
});

test('two accounts that were one person are on a list once', async () => {
	const [gerard, lucien] = [await as('gerard'), await as('lucien')];
	const id = await officialBy(await as('samuel'));
	const left = await officialBy(await as('samuel'));
	for (const one of [id, left]) for (const viewer of [gerard, lucien]) await enrol(viewer, one);
	await leave(lucien, left);
	await merging[0]!.hear({ fromId: idOf('gerard'), intoId: idOf('lucien') } as never);
	expect(await counted(id)).toEqual({ n: 1, kept: 1 });
	expect(await counted(left)).toEqual({ n: 1, kept: 1 });
});

test('gone, their words and their name are nowhere, and the place they held is free', async () => {
	expect(await placesOf('Fabrègat')).toContain('platform.mail.message');
	await forget('odile');
	expect(await placesOf('trombone', 'Rue du Hautbois')).toEqual([]);
	expect(await placesOf('Fabrègat')).toEqual([]);
	expect(await counted(theirs)).toEqual({ n: 1, kept: 1 });
	expect(await placesOf('clarinette')).toContain('missions.mission.title');
});

test('an officer gone, what they called for stays the unit’s, with who comes', async () => {
	await forget('samuel');
	expect(await placesOf('Oudraine')).toEqual([]);
	expect(await placesOf('clarinette')).toContain('missions.mission.title');
	expect(await counted(theirs)).toEqual({ n: 1, kept: 1 });
	expect(await missionSaid(await as('mathis'), theirs)).toMatchObject({
		author: { name: 'Section de Villebrume' },
	});
});
