import { type AskedColumn, crossCriteria } from '#domains/electoral-map/measures/criteria.ts';
import { columnFrom } from '#domains/electoral-map/measures/ranks.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Measured, Options } from './index.ts';
import { ask, quantile, rounded, timed } from './load.ts';
import { measureBrowser } from './map-browser.ts';
import { fillParis, fillReader, load, readerSecret } from './map-data.ts';
import { measureGround } from './map-ground.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

const queryRuns = 300;
const pageRuns = 100;

/** The map on real files: a national import, four criteria over the country, the page of Paris, and the weights of Paris. */
export async function measure({ say }: Options): Promise<Measured> {
	buildPages();
	return withDatabase(async (owner) => {
		const rows: Measured['rows'] = [];
		// Told as they are found: the whole takes minutes.
		const keep = (...found: Measured['rows']) => {
			rows.push(...found);
			for (const row of found) say(JSON.stringify(row));
		};
		say('national file');
		keep(await measureImport());
		say('four criteria');
		const { row, raw } = await measureQuery();
		keep(row);
		say('Paris: loading');
		await owner.unsafe('delete from electoral_map.source');
		await fillReader(owner);
		await fillParis();
		await owner.unsafe('analyze');
		say('Paris: pages');
		const pages = await measurePages();
		say('Paris: weights');
		keep(...pages.rows, await measureGround());
		return { rows, raw: { ...raw, ...pages.raw } };
	});
}

/** Checked whole, written and switched to; the memory is that of this process, its threads included, PostgreSQL apart. */
async function measureImport(): Promise<Measured['rows'][number]> {
	let most = process.memoryUsage.rss();
	const before = most;
	const watch = setInterval(() => {
		most = Math.max(most, process.memoryUsage.rss());
	}, 20);
	const from = performance.now();
	const cpu = cpuMs();
	const counts = await load('results', 'france/2019-europeennes_par_bureau_large.csv.gz', '2019_euro_t1');
	clearInterval(watch);
	return {
		case: 'national results',
		stations: counts.stations ?? 0,
		candidates: counts.candidates ?? 0,
		seconds: rounded((performance.now() - from) / 1000, 1),
		cpuSeconds: rounded((cpuMs() - cpu) / 1000, 1),
		peakMb: rounded(Math.max(most, process.memoryUsage.rss()) / 2 ** 20, 0),
		beforeMb: rounded(before / 2 ** 20, 0),
	};
}

/** Processor time of this process so far, in milliseconds: what a busy machine does not lengthen. */
function cpuMs(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** Four shares of every station of the country, from the rows just loaded. */
async function columns(): Promise<Float64Array[]> {
	const rows = await asSystem('bench', (tx) =>
		tx.many<{ a: number; b: number; c: number; d: number }>(sql`
			select 1 - voters::float8 / nullif(registered, 0) as a, votes[1]::float8 / nullif(valid, 0) as b,
				votes[5]::float8 / nullif(valid, 0) as c, blank::float8 / nullif(voters, 0) as d
			from electoral_map.count order by key`),
	);
	return (['a', 'b', 'c', 'd'] as const).map((name) =>
		Float64Array.from(rows, (row) => row[name] ?? Number.NaN),
	);
}

/** Columns are sorted once, when figures are loaded: the query is what each press of a reader asks. */
async function measureQuery() {
	const figures = await columns();
	const stations = figures[0]?.length ?? 0;
	const asked = figures.map(
		(values, n): AskedColumn => ({
			asked: 'abstention',
			toward: n % 2 ? 'low' : 'high',
			weight: 1 + n,
			column: columnFrom({ values }),
		}),
	);
	const inside = new Uint8Array(stations).fill(1);
	const cross = async () => crossCriteria(asked, inside, 100);
	// A server has done it before: the first times, Node compiles it.
	await timed(50, cross, 0);
	const before = cpuMs();
	const query = await timed(queryRuns, cross, 0);
	const cpu = (cpuMs() - before) / queryRuns;
	const loop = await timed(queryRuns, async () => bareSum(figures));
	const [p50, bare] = [quantile(query, 0.5), quantile(loop, 0.5)];
	return {
		row: {
			case: 'four criteria',
			stations,
			queryP50: rounded(p50),
			queryP99: rounded(quantile(query, 0.99)),
			queryCpuMs: rounded(cpu),
			timesBareLoop: rounded(p50 / bare, 0),
		},
		raw: { bareLoopP50: rounded(bare, 3) },
	};
}

/** The limit of the machine: the four figures of every station, added up. */
function bareSum(figures: Float64Array[]): Float64Array {
	const sums = new Float64Array(figures[0]?.length ?? 0);
	for (const values of figures) for (let at = 0; at < sums.length; at++) sums[at]! += values[at]!;
	return sums;
}

const criteria = 'ou=75056&c1=unemployed-high&p1=3&c2=abstention-high&p2=2';

async function measurePages() {
	const [pages, hello] = [await runServer('pages'), await runServer('hello')];
	const headers = { cookie: `coopol=${readerSecret}` };
	try {
		await ask(hello.url, 500, 1);
		const bare = quantile((await ask(hello.url, 2000, 1)).ms, 0.5);
		const rows: Measured['rows'] = [];
		for (const path of ['/carte', '/carte/tableau', '/carte/tableau.csv']) {
			await ask(`${pages.url}${path}?${criteria}`, 10, 1, headers);
			const { ms, bytes, bytesGz } = await ask(`${pages.url}${path}?${criteria}`, pageRuns, 1, headers);
			const p50 = quantile(ms, 0.5);
			rows.push({
				case: `Paris ${path}`,
				pageP50: rounded(p50),
				pageP99: rounded(quantile(ms, 0.99)),
				hellos: rounded(p50 / bare, 0),
				bytes,
				bytesGz,
			});
		}
		rows.push(...(await measureBrowser(pages.url, `/carte?${criteria}`, readerSecret)));
		return { rows, raw: { helloP50: rounded(bare, 3) } };
	} finally {
		await pages.stop();
		await hello.stop();
	}
}
