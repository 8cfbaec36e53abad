import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { faults, refused, scene } from '#tests/traces.ts';
import { cancel, change, close } from './change.ts';
import { create } from './create.ts';
import { enrol } from './enrol.ts';
import { CancelForm, CloseForm, CreateForm } from './input.ts';
import { dayIn, officialBy, past, round } from './missions.fixture.ts';
import { cancelVisit, confirmVisit, visit, visitors } from './public/visitors.ts';
import { showMission } from './queries.ts';

stage();
beforeEach(() => scene(sql`delete from platform.bucket`, sql`delete from missions.mission`));

let odile: Viewer;
let mathis: Viewer;
let samuel: Viewer;
beforeAll(async () => {
	[odile, mathis, samuel] = [await as('odile'), await as('mathis'), await as('samuel')];
});

const tables = ['missions.mission', 'missions.enrolment', 'missions.guest'];
const why = (work: () => Promise<unknown>) => refused(tables, work);
const said = (rest: object = {}) => {
	const { unit: _u, official: _o, initiative: _i, ...same } = round();
	return { ...same, version: 1, ...rest } as Parameters<typeof change>[2];
};
const versionOf = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ version: number }>(sql`select version from missions.mission where id = ${id}`),
	))!.version;

describe('a mission that is called for', () => {
	test.each<[string, Parameters<typeof round>[0], string]>([
		['a day of no calendar', { day: '2027-02-30' }, 'day missions.day_needed'],
		['a day gone by', { day: '2020-01-01' }, 'day missions.day_past'],
		['a day three years away', { day: dayIn(1100) }, 'day missions.day_far'],
		['everybody, as one’s own idea', { audience: 'public' }, 'audience missions.public_official'],
	])('for %s is refused at its field, and nothing is kept', async (_, fields, sentence) => {
		expect(await why(() => create(odile, round(fields)))).toBe(`Invalid: ${sentence}`);
	});

	test('is one of ten of one’s own; called off, it makes room, and those of the unit do not count', async () => {
		const ids: string[] = [];
		for (let n = 0; n < 10; n++) ids.push(await create(odile, round({ title: `Tour ${n}` })));
		expect(await why(() => create(odile, round()))).toBe('Invalid: missions.too_many');
		const page = await (await browser('odile')).post('/missions/nouvelle?/create', {
			...round(),
			needed: '3',
		} as never);
		expect(page.status).toBe(422);
		expect(page.main).toContain('10 missions à venir');
		await cancel(odile, ids[0]!, { reason: 'Il pleut' });
		await create(odile, round());
		for (let n = 0; n < 11; n++) await officialBy(samuel, { title: `Ronde ${n}` });
	});

	test('says what is missing, each at its field', () => {
		expect(
			faults(CreateForm, {
				unit: idOf('villebrume'),
				title: ' ',
				place: '',
				kind: 'fête',
				day: '',
				needed: 'dix',
			}),
		).toEqual([
			'kind missions.kind_needed',
			'title missions.title_needed',
			'day missions.day_needed',
			'starts missions.hour_needed',
			'ends missions.hour_needed',
			'needed missions.needed_shape',
			'place missions.place_needed',
		]);
		expect(faults(CancelForm, { reason: ' ' })).toEqual(['reason missions.reason_needed']);
		expect(faults(CloseForm, { people: '', doors: '-3', leaflets: 'mille' })).toEqual([
			'people missions.people_needed',
			'doors missions.count_shape',
			'leaflets missions.count_shape',
		]);
	});
});

describe('a correction', () => {
	test('is not written over another’s, and what was read last is what stays', async () => {
		const id = await officialBy(samuel);
		const version = await versionOf(id);
		await change(samuel, id, said({ title: 'Tractage à la gare', version }));
		expect(await why(() => change(samuel, id, said({ title: 'Tractage au port', version })))).toBe(
			'Conflict: missions.changed_meanwhile',
		);
		expect((await showMission(odile, id)).title).toBe('Tractage à la gare');
	});

	test('asks for no fewer people than are on the list, and says how many they are', async () => {
		const id = await officialBy(samuel, { needed: 3 });
		await enrol(odile, id);
		await enrol(mathis, id);
		const version = await versionOf(id);
		expect(await why(() => change(samuel, id, said({ needed: 1, version })))).toBe(
			'Invalid: needed missions.needed_under',
		);
		await change(samuel, id, said({ needed: 2, version }));
	});

	test('opens nobody’s own idea to everybody', async () => {
		const id = await create(odile, round());
		const version = await versionOf(id);
		expect(await why(() => change(odile, id, said({ audience: 'public', version })))).toBe(
			'Invalid: audience missions.public_official',
		);
	});

	test('comes before it is settled: closed or called off, it is changed and closed no more', async () => {
		const [id, other] = [await officialBy(samuel), await officialBy(samuel)];
		await cancel(samuel, id, { reason: 'Il pleut' });
		await past(other);
		await close(samuel, other, { people: 2, doors: null, leaflets: null, report: '', came: [] });
		for (const one of [id, other]) {
			const version = await versionOf(one);
			expect(await why(() => change(samuel, one, said({ version })))).toBe('Forbidden');
			expect(await why(() => cancel(samuel, one, { reason: 'Encore' }))).toBe('Forbidden');
			expect(await why(() => enrol(odile, one))).toBe('Forbidden');
		}
	});
});

describe('the last place', () => {
	const key = async (id: string, email: string) => {
		await visit(visitor, id, { email, name: '', website: '' }, { ip: '10.8.200.1', language: 'fr' });
		const row = await asSystem('test', (tx) =>
			tx.one<{ id: string }>(
				sql`select id from missions.visitor where email = ${email} and mission_id = ${id}`,
			),
		);
		return visitors.keyOf(row!.id);
	};

	test('gone, is said to who comes with an account and to who comes without', async () => {
		const id = await officialBy(samuel, { audience: 'public', needed: 1 });
		const cle = await key(id, 'rosa@dehors.example');
		await enrol(odile, id);
		expect(await why(() => enrol(mathis, id))).toBe('Conflict: missions.full');
		expect(await why(() => confirmVisit(visitor, id, { cle }))).toBe('Conflict: missions.full');
	});

	test('of a mission that is over is given back no more', async () => {
		const id = await officialBy(samuel, { audience: 'public', needed: 1 });
		const cle = await key(id, 'lou@dehors.example');
		await confirmVisit(visitor, id, { cle });
		await past(id);
		expect(await why(() => cancelVisit(visitor, id, { cle }))).toBe('Forbidden: missions.is_over');
	});
});
