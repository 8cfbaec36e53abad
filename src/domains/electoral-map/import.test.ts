import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { importFiles } from './import.ts';
import { contents, load, resultsFile, rowsOf } from './loaded.fixture.ts';
import { estimatesOf, joinOf, loadedVersions } from './queries.ts';
import { restore } from './restore.ts';
import { readCounts } from './store/results.ts';

stage();

const folder = mkdtempSync(join(tmpdir(), 'coopol-map-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => asSystem('test', (tx) => tx.run(sql`delete from electoral_map.source`)));

const file = (name: string, rows: [string, number, number, number][]) => resultsFile(folder, name, rows);
const one = () => file('one.csv', [['1', 100, 20, 30]]);
const two = () =>
	file('two.csv', [
		['1', 100, 25, 25],
		['2', 300, 100, 100],
	]);
const election = '2022_pres_t1';
const votes = async () =>
	asSystem('test', (tx) => readCounts(tx, election, '01004')).then((counts) =>
		counts.map(({ key, voices }) => [key, ...voices.map((voice) => voice.votes)]),
	);
const states = async () => (await loadedVersions()).map(({ state }) => state);

test('a file comes in whole; loaded again, the first version is past and can be put back', async () => {
	const first = await load('results', one(), { election });
	expect(await votes()).toEqual([['01004_0001', 20, 30]]);
	await load('results', two(), { election });
	expect(await votes()).toEqual([
		['01004_0001', 25, 25],
		['01004_0002', 100, 100],
	]);
	expect(await states()).toEqual(['current', 'past']);
	await restore(first.source ?? '');
	expect(await votes()).toEqual([['01004_0001', 20, 30]]);
	expect(await states()).toEqual(['past', 'current']);
});

test('what a file does not tell about stays as it was', async () => {
	await load('results', one(), { election });
	const other = join(folder, 'other.csv');
	writeFileSync(
		other,
		'departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT\n01,005,1,50,10,0,10,10\n',
	);
	await load('results', other, { election });
	expect(await votes()).toEqual([['01004_0001', 20, 30]]);
	expect(await states()).toEqual(['current', 'current']);
	await load('results', one(), { election: '2022_pres_t2' });
	expect(await states()).toEqual(['current', 'current', 'current']);
});

test('switches and restorations at the same instant leave one current version, whole', async () => {
	const sources: string[] = [];
	for (const path of [one(), two(), one()])
		sources.push((await load('results', path, { election })).source ?? '');
	for (let round = 0; round < 12; round++) {
		// Every other time a file comes in meanwhile
		const loading = round % 2 ? [load('results', round % 3 ? one() : two(), { election })] : [];
		await Promise.all([...sources.map((id) => restore(id).catch(() => {})), ...loading]);
		const found = (await loadedVersions()).filter(({ state }) => state === 'current');
		expect(found).toHaveLength(1);
		expect((await votes()).length).toBe(found[0]?.counts.stations);
	}
});

/** The database itself refuses a row, as a full disk would. */
async function refusing<T>(registered: number, work: () => Promise<T>): Promise<T> {
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	try {
		await owner.unsafe(
			`alter table electoral_map.count add constraint full_disk check (registered <> ${registered})`,
		);
		return await work();
	} finally {
		await owner.unsafe('alter table electoral_map.count drop constraint full_disk');
		await owner.end();
	}
}

test('a failure half way leaves nothing, and what was there is still current', async () => {
	await load('results', one(), { election });
	const before = await contents();
	const long = file(
		'long.csv',
		Array.from({ length: 2500 }, (_, at) => [String(at + 1), at === 2400 ? 777 : 100, 20, 30]),
	);
	await expect(refusing(777, () => load('results', long, { election }))).rejects.toThrow('full_disk');
	expect(await contents()).toEqual(before);
	expect(await votes()).toEqual([['01004_0001', 20, 30]]);
	await load('results', long, { election });
	expect((await votes()).length).toBe(2500);
});

test('what a killed import left is thrown away by the next one, and was never read', async () => {
	const { source } = await load('results', two(), { election });
	await asSystem('test', (tx) =>
		tx.run(sql`update electoral_map.source set state = 'checked', created_at = now() - interval '2 hours'
			where source.id = ${source}::uuid`),
	);
	expect(await votes()).toEqual([]);
	await load('results', one(), { election });
	expect(await rowsOf('count')).toBe(1);
});

test('a refused file changes nothing, keeps its reasons, and lets the next ones in', async () => {
	const broken = join(folder, 'broken.csv');
	writeFileSync(
		broken,
		'departement,commune,bureau,inscrits,votants,exprimes,DUPONT\n01,004,1,many,10,10,10\n',
	);
	const empty = join(folder, 'empty.csv');
	writeFileSync(empty, '');
	const reports = await importFiles(null, { kind: 'results', paths: [broken, empty, one()], election });
	expect(reports.map(({ problems }) => problems.map(({ key }) => key))).toEqual([
		['electoral-map.problem_not_a_count'],
		['electoral-map.file_empty'],
		[],
	]);
	expect(reports[0]?.problems[0]?.args).toMatchObject({ line: 2, found: 'many' });
	expect(await states()).toEqual(['current', 'refused', 'refused']);
	expect(await votes()).toEqual([['01004_0001', 20, 30]]);
});

test('a file of another kind is refused, and it is said what it is', async () => {
	const report = await load('census', one());
	expect(report.problems).toMatchObject([
		{ key: 'electoral-map.wrong_kind', args: { asked: 'census', found: 'results' } },
	]);
});

test('what is asked of the map and is not there is refused, with what there is', async () => {
	await load('results', one(), { election });
	const why = (work: Promise<unknown>) =>
		work.then(
			() => 'done',
			(error) => error.problems[0],
		);
	expect(await why(joinOf({ election: '2027_pres_t1' }))).toMatchObject({
		key: 'electoral-map.no_election',
		args: { known: election },
	});
	expect(await why(joinOf({ election }))).toMatchObject({ key: 'electoral-map.no_outlines' });
	expect(await why(restore('not-an-id'))).toMatchObject({ key: 'electoral-map.no_version' });
	expect(await why(estimatesOf({ commune: '01004', vintage: '2022' }, ['P20_POP']))).toMatchObject({
		key: 'electoral-map.no_weights',
	});
});

test('the election is asked for when nothing says it', async () => {
	const report = await load('results', one());
	expect(report.problems).toMatchObject([{ key: 'electoral-map.election_needed' }]);
});
