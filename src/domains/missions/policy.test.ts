import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem, read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { members } from '#tests/matrix/who.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { cancel, change, close } from './change.ts';
import { create } from './create.ts';
import { enrol, leave } from './enrol.ts';
import { officialBy, past, round } from './missions.fixture.ts';
import { missions } from './policy.ts';

stage();

const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;
const network: CastName[] = [...members, 'mathis', 'lucien', 'tidiane'];
const ofVillebrume: CastName[] = ['odile', 'mathis', 'samuel', 'gerard', 'lucien'];
/** Their office calls for missions in Villebrume, from there or from above. */
const answering: CastName[] = ['samuel', 'yamina', 'leontine', 'sabrina'];
const among = (...lists: CastName[][]) => [...new Set(lists.flat())].toSorted();

async function who(ability: 'see' | 'enrol' | 'edit' | 'names', id: string, ways = {}): Promise<string[]> {
	const found: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name, ways);
		const row = await read(viewer, (tx) =>
			tx.one(
				sql`select 1 as yes from missions.mission where mission.id = ${id}::uuid and ${missions[ability](viewer)}`,
			),
		);
		if (row) found.push(name);
	}
	return found.toSorted();
}

let samuel: Viewer;
let odile: Viewer;
const ids: Record<string, string> = {};
beforeAll(async () => {
	[samuel, odile] = [await as('samuel'), await as('odile')];
	ids.official = await officialBy(samuel);
	ids.network = await officialBy(samuel, { audience: 'network' });
	ids.own = await create(odile, round({ title: 'Collage entre nous' }));
});

describe('a mission of the section', () => {
	test('is seen by its people, and by those who answer for it or moderate it', async () => {
		expect(await who('see', ids.official!)).toEqual(among(ofVillebrume, answering, ['paulo']));
	});

	test('opened to the network, by everybody of the network', async () => {
		expect(await who('see', ids.network!)).toEqual(among(network));
		expect(await who('enrol', ids.network!)).toEqual(among(network));
	});

	test('is led by those whose office calls for missions there, once they gave their second factor', async () => {
		expect(await who('edit', ids.official!)).toEqual(among(answering));
		expect(await who('names', ids.official!)).toEqual(among(answering));
		expect(await who('names', ids.official!, { factor: false })).toEqual([]);
	});

	test('somebody’s own idea is led by them too', async () => {
		expect(await who('edit', ids.own!)).toEqual(among(answering, ['odile']));
	});
});

describe('calling for one', () => {
	test('officially: the power is needed', async () => {
		expect(await outcome(create(odile, round({ official: 'on' })))).toBe('Forbidden');
		expect(await outcome(create(await as('fanny'), round({ official: 'on' })))).toBe('NotFound');
		expect(await outcome(create(await as('samuel', { factor: false }), round({ official: 'on' })))).toBe(
			'Forbidden',
		);
	});

	test('on one’s own behalf: a member, in their own unit', async () => {
		for (const name of ['mathis', 'ines', 'thibaud', 'visitor'] as const)
			expect([name, await outcome(create(await as(name), round()))]).toEqual([name, 'NotFound']);
	});

	test('in the past, without an hour, for nobody: refused at the field', async () => {
		expect(await outcome(create(odile, round({ day: '2020-01-01' })))).toBe('Invalid');
		expect(await outcome(create(odile, round({ day: '2027-02-30' })))).toBe('Invalid');
	});
});

describe('hidden by moderation', () => {
	test('it is seen by who wrote it alone, and nobody enrols any more', async () => {
		const id = await create(odile, round());
		await asSystem('test', (tx) =>
			tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
				values ('mission', ${id}::uuid, ${id}::uuid, ${idOf('a decision')})`),
		);
		expect(await who('see', id)).toEqual(['odile']);
		expect(await who('enrol', id)).toEqual([]);
	});
});

describe('who left the office', () => {
	test('does not lead the official mission they made', async () => {
		const id = await officialBy(samuel);
		await asSystem('test', (tx) =>
			tx.run(sql`update missions.mission set by_id = ${idOf('gerard')}::uuid where mission.id = ${id}::uuid`),
		);
		expect(await who('edit', id)).toEqual(among(answering));
	});
});

describe('who blocked the other', () => {
	test('sees their own ideas no more, and still what the unit asks; leaves the list all the same', async () => {
		const [gerard, id] = [await as('gerard'), await create(odile, round())];
		await enrol(gerard, id);
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into safety.block (person_id, blocked_id) values (${idOf('odile')}, ${idOf('gerard')})`,
			),
		);
		expect(await who('see', id)).not.toContain('gerard');
		expect(await who('see', ids.official!)).toContain('gerard');
		expect(await outcome(leave(gerard, id))).toBeUndefined();
		expect(await outcome(enrol(gerard, id))).toBe('NotFound');
	});
});

describe('changing, cancelling, closing', () => {
	const changed = { ...round(), version: 1 };
	test('is for who leads: 403 for who sees it, 404 for who does not', async () => {
		for (const [name, answer] of [
			['odile', 'Forbidden'],
			['ines', 'NotFound'],
			['visitor', 'NotFound'],
		] as const) {
			const viewer = await as(name);
			expect(await outcome(change(viewer, ids.official!, changed))).toBe(answer);
			expect(await outcome(cancel(viewer, ids.official!, { reason: 'Pluie' }))).toBe(answer);
			expect(
				await outcome(
					close(viewer, ids.official!, { people: 1, doors: null, leaflets: null, report: '', came: [] }),
				),
			).toBe(answer);
		}
	});

	test('is not closed before it began, nor changed once it is settled', async () => {
		const id = await officialBy(samuel);
		const report = { people: 2, doors: null, leaflets: 300, report: 'Merci', came: [] };
		expect(await outcome(close(samuel, id, report))).toBe('Forbidden');
		await past(id);
		expect(await outcome(close(samuel, id, report))).toBeUndefined();
		expect(await outcome(change(samuel, id, changed))).toBe('Forbidden');
		expect(await outcome(enrol(odile, id))).toBe('Forbidden');
	});
});
