import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { load, rowsOf } from '../loaded.fixture.ts';
import { estimatesOf, joinOf, loadedVersions, weightsOf } from '../queries.ts';
import { refresh } from '../refresh.ts';
import { restore } from '../restore.ts';
import { alone } from './alone.ts';
import { dropLeftovers } from './sources.ts';

stage();
// Each story is many transactions, and crossings in threads of their own.
vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-versions-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => scene(sql`delete from electoral_map.source`, sql`delete from electoral_map.sending`));

type Box = [number, number, number, number];
const ringOf = ([west, south, east, north]: Box) => [
	[west, south],
	[east, south],
	[east, north],
	[west, north],
	[west, south],
];

/** Outlines in a file: code and box; the code is of a station (`01004_0001`) or of an IRIS. */
function drawn(name: string, shapes: Record<string, Box>): string {
	const path = join(folder, name);
	const features = Object.entries(shapes).map(([code, box]) => ({
		type: 'Feature',
		properties: code.includes('_')
			? { codeBureauVote: code, codeCommune: code.slice(0, 5) }
			: { CODE_IRIS: code, INSEE_COM: code.slice(0, 5) },
		geometry: { type: 'Polygon', coordinates: [ringOf(box)] },
	}));
	writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
	return path;
}

function text(name: string, ...lines: string[]): string {
	const path = join(folder, name);
	writeFileSync(path, lines.join('\n'));
	return path;
}

const west: Box = [5.35, 45.95, 5.36, 45.96];
const east: Box = [5.36, 45.95, 5.37, 45.96];
const both: Box = [5.35, 45.95, 5.37, 45.96];
// Another commune of the same department, and one of another.
const away: Box = [5.45, 45.95, 5.46, 45.96];
const far: Box = [4.85, 45.75, 4.86, 45.76];

const stations = (name: string, one = west, two = east) =>
	drawn(name, { '01004_0001': one, '01004_0002': two });
const areas = () => drawn('iris.geojson', { '010040101': west, '010040102': east });
const base = (name: string, ...rows: string[]) => text(name, 'IRIS;P21_POP;P21_POP0014', ...rows);
const twoAreas = (name: string, first = 1000, second = 400) =>
	base(name, `010040101;${first};10`, `010040102;${second};20`);

const states = async (kind: string) =>
	(await loadedVersions()).filter((one) => one.kind === kind).map(({ state }) => state);
const place = { commune: '01004', vintage: '2022' };
const people = async (vintage = '2022') =>
	Object.fromEntries(
		(await estimatesOf({ commune: '01004', vintage }, ['P21_POP'])).map(({ key, values }) => [
			key,
			Math.round(values[0] ?? 0),
		]),
	);

/** Stations, areas and figures of one commune, brought up to date. */
async function laid(): Promise<void> {
	await load('outlines', stations('bureaux-2022.geojson'));
	await load('iris', areas(), { vintage: '2022' });
	await load('census', twoAreas('base-2021.csv'));
	await refresh();
}

describe('several sources of a kind', () => {
	test('departments come one by one and stay beside one another', async () => {
		await load('outlines', stations('ain-2022.geojson'));
		await load('outlines', drawn('rhone-2022.geojson', { '69123_0001': far }));
		expect(await states('outlines')).toEqual(['current', 'current']);
	});

	test('a file that says all of an older one, and more, makes it past; one that says less does not', async () => {
		await load('outlines', stations('one-2022.geojson'));
		const more = drawn('more-2022.geojson', { '01004_0001': west, '01004_0002': east, '01005_0001': away });
		await load('outlines', more);
		expect(await states('outlines')).toEqual(['current', 'past']);
		await load('outlines', stations('again-2022.geojson', both));
		expect(await states('outlines')).toEqual(['current', 'current', 'past']);
	});

	test('of two that hold a commune, the last put there counts for it, and for it alone', async () => {
		await load('outlines', drawn('all-2022.geojson', { '01004_0001': west, '01005_0001': away }));
		await load('outlines', drawn('one-2022.geojson', { '01004_0007': west }));
		await load('results', results('r.csv', ['004', '1'], ['004', '7'], ['005', '1']), {
			election: '2022_pres_t1',
		});
		const { unmatched, joined } = await joinOf({ election: '2022_pres_t1', vintage: '2022' });
		expect([joined, unmatched.map(({ key }) => key)]).toEqual([2, ['01004_0001']]);
	});

	test('another vintage, or another round, is another thing', async () => {
		await load('outlines', stations('bureaux-2022.geojson'));
		await load('outlines', stations('bureaux-2017.geojson'));
		for (const election of ['2022_pres_t1', '2022_pres_t2'])
			await load('results', results('r.csv', ['004', '1']), { election });
		expect(await states('outlines')).toEqual(['current', 'current']);
		expect(await states('results')).toEqual(['current', 'current']);
	});

	test('a base with other columns of the same year stays beside; one with the same columns replaces', async () => {
		await load('census', twoAreas('base-2021.csv'));
		await load('census', text('more-2021.csv', 'IRIS;P21_CHOM1564', '010040101;90', '010040102;10'));
		expect(await states('census')).toEqual(['current', 'current']);
		await load('census', twoAreas('again-2021.csv', 500));
		expect(await states('census')).toEqual(['current', 'current', 'past']);
	});
});

const results = (name: string, ...rows: [string, string][]) =>
	text(
		name,
		'departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT',
		...rows.map(([commune, number]) => `01,${commune},${number},100,50,0,50,50`),
	);

describe('weights and estimates follow what is loaded', () => {
	test('a base that comes again gives new estimates, and no new weight', async () => {
		await laid();
		expect(await people()).toEqual({ '01004_0001': 1000, '01004_0002': 400 });
		const tables = await rowsOf('weight_table');
		await load('census', twoAreas('again-2021.csv', 700, 900));
		const { weights, stations: made } = await refresh();
		expect([weights, made]).toEqual([0, 2]);
		expect(await people()).toEqual({ '01004_0001': 700, '01004_0002': 900 });
		expect(await rowsOf('weight_table')).toBe(tables);
	});

	test('outlines that change are crossed again, and everybody moves with them', async () => {
		await laid();
		const [old] = (await loadedVersions()).filter(({ kind }) => kind === 'outlines');
		await load('outlines', stations('moved-2022.geojson', both, away));
		await refresh();
		// Who stands on nobody's ground has no figure, rather than none
		expect(await people()).toEqual({ '01004_0001': 1400 });
		await restore(old?.id ?? '');
		expect(await people()).toEqual({ '01004_0001': 1000, '01004_0002': 400 });
		expect((await refresh()).weights).toBe(0);
	});

	test('done again, it does nothing', async () => {
		await laid();
		expect(await refresh()).toMatchObject({ weights: 0, communes: 0, stations: 0, remarks: [] });
	});

	test('two at once give what one gives', async () => {
		await load('outlines', stations('bureaux-2022.geojson'));
		await load('iris', areas(), { vintage: '2022' });
		await load('census', twoAreas('base-2021.csv'));
		await Promise.all([refresh(), refresh(), refresh()]);
		expect([await rowsOf('weight_table'), await rowsOf('weight'), await rowsOf('estimate')]).toEqual([
			1, 2, 2,
		]);
		expect(await people()).toEqual({ '01004_0001': 1000, '01004_0002': 400 });
	});

	test('figures of a commune that nobody drew wait for it', async () => {
		await load('census', base('base-2021.csv', '010040101;1000;1', '010050101;50;1'));
		expect((await refresh()).stations).toBe(0);
		await load('outlines', stations('bureaux-2022.geojson'));
		await load('iris', areas(), { vintage: '2022' });
		expect((await refresh()).stations).toBe(2);
		expect((await people())['01004_0001']).toBe(1000);
	});

	test('a table that was given goes before those made here; taken away, they are there again', async () => {
		await laid();
		const path = text('poids-2022.csv', 'iris,bureau,weight', ...givenRows);
		const { source, problems } = await load('weights', path);
		expect(problems).toEqual([]);
		await refresh();
		expect(await people()).toEqual({ '01004_0001': 500, '01004_0002': 900 });
		expect((await weightsOf(place)).map(({ weight }) => weight)).toEqual([0.5, 0.5, 1]);
		await scene(sql`update electoral_map.source set state = 'past' where id = ${source}::uuid`);
		await refresh();
		expect(await people()).toEqual({ '01004_0001': 1000, '01004_0002': 400 });
	});

	test('parts of a given table that do not add up are brought to one, and that is said', async () => {
		const path = text('poids-2022.csv', 'iris;bureau;poids', '010040101;1;0,5', '010040101;2;0,3');
		const { remarks } = await load('weights', path);
		expect(remarks).toMatchObject([
			{ key: 'electoral-map.remark_weights_brought_to_one', args: { count: 1, codes: '010040101' } },
		]);
		const parts = (await weightsOf(place)).map(({ weight }) => Number(weight.toFixed(9)));
		expect(parts).toEqual([0.625, 0.375]);
	});

	test.each([
		['a part above one', '010040101;1;1.5'],
		['a part below zero', '010040101;1;-0.1'],
		['a part that is a word', '010040101;1;half'],
		['a station of another commune', '010040101;01005_0001;1'],
		['a code that is none', '0100401;1;1'],
	])('a table with %s is refused with its line, and nothing changes', async (_, row) => {
		const path = text('poids-2022.csv', 'iris;bureau;poids', '010040102;1;1', row);
		const { source, problems } = await load('weights', path);
		expect([source, problems]).toMatchObject([
			null,
			[{ key: 'electoral-map.weights_row', args: { line: 3 } }],
		]);
		expect([await rowsOf('weight'), await rowsOf('weight_table')]).toEqual([0, 0]);
	});
});

const givenRows = ['010040101,01004_0001,0.5', '010040101,01004_0002,0.5', '010040102,01004_0002,1'];

describe('what a stop leaves', () => {
	const leave = async (age: string, sending?: string) => {
		const id = newId();
		await scene(sql`insert into electoral_map.source (id, kind, state, created_at)
			values (${id}::uuid, 'results', 'checked', now() - ${age}::interval)`);
		if (sending)
			await scene(sql`insert into electoral_map.sending (id, file_name, bytes, state, sources)
				values (${newId()}::uuid, 'f.csv', 1, ${sending}, array[${id}::uuid])`);
		return id;
	};
	const left = () =>
		asSystem('test', async (tx) => {
			await alone(dropLeftovers)(tx);
			return (await tx.many<{ id: string }>(sql`select id from electoral_map.source`)).map(({ id }) => id);
		});

	test('is thrown away after an hour; what is being written now is not', async () => {
		await leave('2 hours');
		const young = await leave('10 minutes');
		expect(await left()).toEqual([young]);
	});

	test('what an officer has still to decide about stays, however old', async () => {
		const kept = [await leave('3 days', 'ready'), await leave('3 hours', 'waiting')];
		for (const state of ['dropped', 'failed', 'refused', 'asked']) await leave('3 hours', state);
		expect((await left()).toSorted()).toEqual(kept.toSorted());
	});
});
