import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { refused, told } from '#tests/traces.ts';
import { layVillebrume } from '../sheet/towns.fixture.ts';
import { clearEntries, clearSelections } from './between.fixture.ts';

stage();

beforeAll(() => layVillebrume());
beforeEach(async () => {
	await clearSelections();
	await clearEntries();
});

const tables = ['electoral_map.selection', 'electoral_map.selected', 'electoral_map.tally'];
const keys = ['X01001_0001', 'X01001_0002'];
const asked = { unit: idOf('valdorsande'), election: '2026_muni_t1', name: 'Second tour', station: keys };
const choose = (who: CastName, input: object = {}) =>
	program('POST /map/selections', who, {}, { ...asked, ...input });
interface Sheet {
	selection: { state: string };
	targets: { key: string; unit: string | null; offered: { id: string }[] }[];
}
const on = <T = { id: string }>(act: string, who: CastName, id: string, input: object = {}) =>
	program<T>(act.replace('*', '/map/selections/[id]'), who, { id }, input);
const targetsAt = async (who: CastName) =>
	(await program<{ items: { key: string }[] }>('GET /map/targets', who, {}, { unit: idOf('villebrume') }))
		.items;

test('a program keeps stations, says who goes where, publishes and withdraws; the section reads them only meanwhile', async () => {
	const { id } = await choose('yamina');
	const { targets } = await on<Sheet>('GET *', 'yamina', id);
	expect(targets.map(({ key }) => key).toSorted()).toEqual(keys);
	const villebrume = idOf('villebrume');
	expect(targets[0]!.offered.map((one) => one.id)).toContain(villebrume);
	const items = targets.map(({ key }, at) => ({ key, unit: at ? null : villebrume }));
	await on('PUT */units', 'yamina', id, { items });
	expect((await on<Sheet>('GET *', 'yamina', id)).targets.map(({ unit }) => unit)).toEqual([
		villebrume,
		null,
	]);
	expect(await targetsAt('odile')).toEqual([]);
	await on('PUT */publication', 'yamina', id);
	expect((await targetsAt('odile')).map(({ key }) => key)).toEqual([targets[0]!.key]);
	expect(await refused(tables, () => on('PUT */units', 'yamina', id, { items }))).toMatch(/^Conflict/);
	await on('DELETE */publication', 'yamina', id);
	expect(await targetsAt('odile')).toEqual([]);
	const listed = await program<{ items: object[] }>('GET /map/selections', 'yamina');
	expect(listed.items).toMatchObject([{ id, state: 'withdrawn' }]);
});

test('who does not answer for that ground finds no selection, and makes none', async () => {
	const { id } = await choose('yamina');
	for (const who of ['odile', 'ines', 'fanny'] as const) {
		for (const unit of [asked.unit, idOf('villebrume')])
			expect([who, await refused(tables, () => choose(who, { unit }))]).toEqual([who, 'NotFound']);
		for (const act of ['GET *', 'PUT */publication', 'DELETE */publication'])
			expect([who, act, await refused(tables, () => on(act, who, id))]).toEqual([who, act, 'NotFound']);
		expect((await program<{ items: object[] }>('GET /map/selections', who)).items).toEqual([]);
	}
});

test.each<[string, object, string]>([
	['no name', { name: ' ' }, 'name electoral-map.selection_name_empty'],
	['no station', { station: [] }, 'station electoral-map.selection_empty'],
	['stations of elsewhere', { station: ['X09999_0001'] }, 'station electoral-map.selection_unknown'],
	['a round that is not there', { election: '2001_muni_t1' }, 'station electoral-map.selection_unknown'],
	['a unit that is none', { unit: 'x' }, 'unit app.invalid_value'],
])('%s is refused at its field', async (_, input, problem) => {
	expect(await refused(tables, () => choose('yamina', input))).toBe(`Invalid: ${problem}`);
});

test('an entry is opened, a station is emptied to be typed again, and it is closed by who answers for it', async () => {
	const form = {
		unit: idOf('villebrume'),
		place: 'X01001',
		kind: 'legi',
		year: '2027',
		round: '1',
		lists: 'A\nB',
	};
	const open = (who: CastName, input: object = {}) =>
		program('POST /map/tallies', who, {}, { ...form, ...input });
	expect(await refused(tables, () => open('odile'))).toBe('NotFound');
	expect(await told(open('samuel', { lists: 'A\nA' }))).toBe(
		'Invalid: lists electoral-map.tally_lists_twice',
	);
	expect(await told(open('samuel', { year: '27' }))).toBe('Invalid: year electoral-map.tally_year');
	const { id } = await open('samuel');
	const at = { id, key: keys[0]! };
	const count = { registered: 1000, voters: 600, blank: 10, spoilt: 5, votes: [200, 385] };
	const type = (who: CastName) =>
		program<{ standing: string }>('PUT /map/tallies/[id]/stations/[key]', who, at, count);
	await type('odile');
	expect((await type('gerard')).standing).toBe('agreed');
	const empty = (who: CastName, key = at.key) =>
		program('DELETE /map/tallies/[id]/stations/[key]', who, { id, key });
	expect([await refused(tables, () => empty('odile')), await told(empty('samuel', 'x'))]).toEqual([
		'Forbidden',
		'NotFound',
	]);
	await empty('samuel');
	expect((await type('odile')).standing).toBe('once');
	const turn = (who: CastName, how: string) =>
		program('PUT /map/tallies/[id]/turn', who, { id }, { turn: how });
	expect(await refused(tables, () => turn('odile', 'close'))).toBe('Forbidden');
	await turn('samuel', 'close');
	expect(await told(type('gerard'))).toMatch(/^Conflict/);
	const state = await asSystem('test', (tx) =>
		tx.one(sql`select state from electoral_map.tally where id = ${id}::uuid`),
	);
	expect(state).toEqual({ state: 'closed' });
});
