import pg from 'pg';
import { home, pageOf } from '#domains/feed/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { counters, read, type Tx } from '#platform/db.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { fillFeed, readerId, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded, timed } from './load.ts';
import { measuredHello, measuredPage } from './pages.ts';
import { buildPages, runServer, withDatabase } from './scene.ts';

const queryRuns = 500;

/** The home of a member with 300 friends and four levels: the query, the whole page, what is read, and the machine's limits. */
export async function measure({ members, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	let raw: Measured['raw'] = {};
	for (const size of members) {
		await withDatabase(async (owner) => {
			say(`${size} members: filling`);
			await fillFeed(owner, size);
			say(`${size} members: measuring`);
			rows.push(await measureSize(size));
			raw = await limits();
		});
	}
	return { rows, raw };
}

async function measureSize(members: number): Promise<Measured['rows'][number]> {
	const viewer = await viewerOfPerson(readerId, []);
	const query = await timed(queryRuns, () =>
		read(viewer, (tx) => pageOf(tx, viewer, { kind: 'all' }, null, { withAfar: true })),
	);
	const before = counters.queries;
	const shown = await home(viewer);
	const queries = counters.queries - before;
	const { rowsRead, sequential } = await rowsOf(viewer);
	return {
		members,
		queryP50: rounded(quantile(query, 0.5)),
		queryP99: rounded(quantile(query, 0.99)),
		...(await measurePage()),
		rowsRead,
		rowsShown: shown.cards.length,
		queries,
		sequentialScans: sequential,
	};
}

async function measurePage() {
	const server = await runServer('pages');
	try {
		return await measuredPage(server, '/fil', { cookie: `coopol=${readerSecret}` });
	} finally {
		await server.stop();
	}
}

async function limits(): Promise<Measured['raw']> {
	const viewer = await viewerOfPerson(readerId, []);
	const row = await timed(2000, () =>
		read(viewer, (tx) =>
			tx.one(sql`select person.name from people.person where person.id = ${readerId}::uuid`),
		),
	);
	return {
		...(await measuredHello()),
		oneRowP50: rounded(quantile(row, 0.5)),
		oneRowP99: rounded(quantile(row, 0.99)),
	};
}

interface Node {
	'Node Type': string;
	'Relation Name'?: string;
	'Actual Rows': number;
	'Actual Loops': number;
	'Rows Removed by Filter'?: number;
	'Rows Removed by Index Recheck'?: number;
	Plans?: Node[];
}

/** Rows that the page's queries read off tables, and the tables over 10 000 rows that were read whole. */
async function rowsOf(viewer: Viewer): Promise<{ rowsRead: number; sequential: string }> {
	return read(viewer, async (tx) => {
		const asked: Sql[] = [];
		const noted = (query: Sql): Sql => {
			asked.push(query);
			return query;
		};
		const spy: Tx = { ...tx, many: (query) => tx.many(noted(query)), one: (query) => tx.one(noted(query)) };
		await pageOf(spy, viewer, { kind: 'all' }, null, { withAfar: true });
		const nodes: Node[] = [];
		for (const [at, query] of asked.entries())
			nodes.push(...everyNode(await planOf(tx, `asked_${at}`, query)));
		const big = new Set(
			(
				await tx.many<{ name: string }>(
					sql`select relname as name from pg_class where reltuples > 10000 and relkind = 'r'`,
				)
			).map(({ name }) => name),
		);
		const scans = nodes.filter((node) => node['Relation Name']);
		const sequential = scans.filter(
			// One that the plan holds in reserve and that was not run read nothing.
			(node) =>
				node['Node Type'] === 'Seq Scan' && node['Actual Loops'] > 0 && big.has(node['Relation Name']!),
		);
		return {
			rowsRead: Math.round(scans.reduce((sum, node) => sum + rowsOfNode(node), 0)),
			sequential: [...new Set(sequential.map((node) => node['Relation Name']))].join(' ') || 'none',
		};
	});
}

/** The plan that the page has: the one for all values, which an `explain` of the question itself would not show. */
async function planOf(tx: Tx, name: string, { text, values }: Sql): Promise<Node> {
	await tx.raw(`prepare ${name} as ${text}`);
	const given = values.length ? `(${values.map(literal).join(', ')})` : '';
	const [plan] = await tx.raw(`explain (analyze, format json) execute ${name}${given}`);
	return (plan as { 'QUERY PLAN': { Plan: Node }[] })['QUERY PLAN'][0]!.Plan;
}

function literal(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	if (!Array.isArray(value))
		return pg.escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
	return pg.escapeLiteral(`{${value.map((one) => JSON.stringify(String(one))).join(',')}}`);
}

const everyNode = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(everyNode)];

const rowsOfNode = (node: Node) =>
	(node['Actual Rows'] +
		(node['Rows Removed by Filter'] ?? 0) +
		(node['Rows Removed by Index Recheck'] ?? 0)) *
	node['Actual Loops'];
