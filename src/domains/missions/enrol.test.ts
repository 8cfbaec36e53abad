import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { cancel, change } from './change.ts';
import { enrol, leave } from './enrol.ts';
import { officialBy, round } from './missions.fixture.ts';
import { showMission } from './queries.ts';

stage();

let samuel: Viewer;
const crowd: CastName[] = ['odile', 'mathis', 'gerard', 'lucien', 'samuel'];
let people: Viewer[];
beforeAll(async () => {
	samuel = await as('samuel');
	people = await Promise.all(crowd.map((name) => as(name)));
});

const listed = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{
			n: number;
			kept: number;
		}>(sql`select mission.enrolled as n, (select count(*)::int from missions.enrolment
			where enrolment.mission_id = mission.id and enrolment.left_at is null) as kept
			from missions.mission where mission.id = ${id}::uuid`),
	))!;

describe('the last place', () => {
	test('wanted by five at once is had by one; the others are told, and the count is right', async () => {
		const id = await officialBy(samuel, { needed: 1 });
		const answers = await Promise.all(people.map((viewer) => outcome(enrol(viewer, id))));
		expect(answers.toSorted()).toEqual(['Conflict', 'Conflict', 'Conflict', 'Conflict', undefined]);
		expect(await listed(id)).toEqual({ n: 1, kept: 1 });
	});

	test('is free again once somebody leaves', async () => {
		const id = await officialBy(samuel, { needed: 1 });
		const [odile, mathis] = people as [Viewer, Viewer];
		await enrol(odile, id);
		expect(await outcome(enrol(mathis, id))).toBe('Conflict');
		await leave(odile, id);
		expect(await outcome(enrol(mathis, id))).toBeUndefined();
		expect(await outcome(leave(odile, id))).toBe('Forbidden');
		expect(await listed(id)).toEqual({ n: 1, kept: 1 });
	});
});

test('two clicks of one person are one place, and so are two ways out', async () => {
	const id = await officialBy(samuel, { needed: 3 });
	const [odile] = people as [Viewer];
	await Promise.all([enrol(odile, id), enrol(odile, id), enrol(odile, id)]);
	expect(await listed(id)).toEqual({ n: 1, kept: 1 });
	await Promise.all([outcome(leave(odile, id)), outcome(leave(odile, id))]);
	expect(await listed(id)).toEqual({ n: 0, kept: 0 });
	await enrol(odile, id);
	expect(await listed(id)).toEqual({ n: 1, kept: 1 });
});

test('cancelled while somebody enrols: they are on the list that is told, or refused', async () => {
	const id = await officialBy(samuel, { needed: 4 });
	const [answer] = await Promise.all([
		outcome(enrol(people[0]!, id)),
		cancel(samuel, id, { reason: 'Pluie' }),
	]);
	expect([undefined, 'Forbidden']).toContain(answer);
	expect((await listed(id)).n).toBe(answer ? 0 : 1);
});

test('two officers change it at once: one of them reads it again', async () => {
	const id = await officialBy(samuel);
	const yamina = await as('yamina');
	const answers = await Promise.all([
		outcome(change(samuel, id, { ...round({ title: 'À neuf heures' }), version: 1 })),
		outcome(change(yamina, id, { ...round({ title: 'À dix heures' }), version: 1 })),
	]);
	expect(answers.toSorted()).toEqual(['Conflict', undefined]);
});

test('no fewer places than people on the list', async () => {
	const id = await officialBy(samuel, { needed: 3 });
	for (const viewer of people.slice(0, 2)) await enrol(viewer, id);
	expect(await outcome(change(samuel, id, { ...round({ needed: 1 }), version: 1 }))).toBe('Invalid');
});

test('who comes is read by who leads alone; the others read a number', async () => {
	const id = await officialBy(samuel);
	await enrol(people[0]!, id);
	const seen = await showMission(people[1]!, id);
	expect([seen.enrolled, seen.names]).toEqual([1, null]);
	expect((await showMission(samuel, id)).names!.map(({ id: one }) => one)).toEqual([idOf('odile')]);
});
