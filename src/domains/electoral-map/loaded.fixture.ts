import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Kind } from './files/recognise.ts';
import { type FileReport, importFiles } from './import.ts';
import { realPath } from './real.fixture.ts';

type About = { vintage?: string; election?: string };

/** Loads one file as the command does. */
export async function load(kind: Kind, path: string, about: About = {}): Promise<FileReport> {
	const [report] = await importFiles(null, { kind, paths: [path], ...about });
	if (!report) throw new Error('one file was given');
	return report;
}

/** The same for a real file. */
export const loadReal = (kind: Kind, path: string, about: About = {}) => load(kind, realPath(path), about);

/** How many rows a table of the domain holds. */
export const rowsOf = async (table: string): Promise<number> =>
	(
		await asSystem('test', (tx) =>
			tx.one<{ n: number }>(sql`select count(*)::int as n from electoral_map.${sql.raw(table)}`),
		)
	)?.n ?? -1;

/** Everything that the domain holds, by table; refused files are told apart. */
export async function contents(): Promise<Record<string, number>> {
	const names = [
		'cover',
		'station',
		'iris',
		'address',
		'census_row',
		'slate',
		'count',
		'weight_table',
		'weight',
		'estimate',
	];
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = await rowsOf(name);
	const sources = await asSystem('test', (tx) =>
		tx.many<{ state: string; n: number }>(
			sql`select state, count(*)::int as n from electoral_map.source where state <> 'refused' group by state order by state`,
		),
	);
	for (const { state, n } of sources) counts[state] = n;
	return counts;
}

/** A file of results of one commune: `[number, registered, votes for A, votes for B]` per station. */
export function resultsFile(folder: string, name: string, rows: [string, number, number, number][]): string {
	const path = join(folder, name);
	const lines = rows.map(([number, registered, a, b]) =>
		['01', '004', number, registered, a + b, 0, a + b, a, b].join(),
	);
	writeFileSync(
		path,
		['departement,commune,bureau,inscrits,votants,blancs,exprimes,DUPONT,DURAND', ...lines].join('\n'),
	);
	return path;
}
