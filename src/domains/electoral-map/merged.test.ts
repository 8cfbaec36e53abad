import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { load } from './loaded.fixture.ts';
import { joinOf } from './queries.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from electoral_map.source`)));

const election = '2014_euro_t1';

/** Arboys en Bugey (01015) took Saint-Bois (01340) in; both had a station 1. */
function results(): string {
	const path = join(folder, 'results.csv');
	const rows = ['015,1,200', '340,1,90', '340,2,60'];
	const lines = rows.map((row) => `01,${row},50,0,50,30,20`);
	writeFileSync(
		path,
		['departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT,DURAND', ...lines].join('\n'),
	);
	return path;
}

function outlines(vintage: string, keys: string[]): string {
	const path = join(folder, `bureaux-${vintage}.geojson`);
	const features = keys.map((key, at) => {
		const [west, east] = [5.6 + at / 100, 5.61 + at / 100];
		const ring = [
			[west, 45.7],
			[east, 45.7],
			[east, 45.71],
			[west, 45.71],
			[west, 45.7],
		];
		return {
			type: 'Feature',
			properties: { codeBureauVote: key, codeCommune: key.slice(0, 5) },
			geometry: { type: 'Polygon', coordinates: [ring] },
		};
	});
	writeFileSync(path, JSON.stringify({ type: 'FeatureCollection', features }));
	return path;
}

const merged = { key: 'electoral-map.remark_merged_communes', args: { count: 1, left: 1 } };

test('old results of a merged commune find the outlines of today, but a number that two had', async () => {
	await load('outlines', outlines('2022', ['01015_0001', '01015_0002']));
	const report = await load('results', results(), { election });
	expect(report.remarks).toContainEqual(merged);
	expect(report.join).toMatchObject({
		stations: 3,
		joined: 2,
		unmatched: [{ key: '01340_0001', registered: 90 }],
		registered: 90,
	});
});

test('where the outlines of that time are loaded, stations stay in the commune of that time', async () => {
	await load('outlines', outlines('2012', ['01015_0001', '01340_0001', '01340_0002']));
	await load('outlines', outlines('2022', ['01015_0001', '01015_0002']));
	const report = await load('results', results(), { election });
	expect(report.remarks).not.toContainEqual(merged);
	expect(await joinOf({ election })).toMatchObject({ vintage: '2012', stations: 3, joined: 3 });
});

test('told to be counted on the outlines of today, they go there all the same', async () => {
	await load('outlines', outlines('2012', ['01015_0001', '01340_0001', '01340_0002']));
	await load('outlines', outlines('2022', ['01015_0001', '01015_0002']));
	const report = await load('results', results(), { election, vintage: '2022' });
	expect(report.remarks).toContainEqual(merged);
	expect(report.join).toMatchObject({ vintage: '2022', stations: 3, joined: 2 });
});

test('outlines made since that still hold the former commune keep its stations', async () => {
	await load('outlines', outlines('2022', ['01015_0001', '01340_0001', '01340_0002']));
	const report = await load('results', results(), { election });
	expect(report.join).toMatchObject({ vintage: '2022', stations: 3, joined: 3 });
});
