import pg from 'pg';
import type { Tx } from '#platform/db.ts';
import type { Domain } from '#platform/domain.ts';
import type { Sql } from '#platform/sql.ts';
import { own } from './own.ts';

/** One column that a copy of one's data may hold. */
export interface Given {
	domain: string;
	theme: string;
	name: string;
	/** The few values that a check allows, where there is one. */
	allowed: string[];
}

const shape = Symbol('what the question gives');

/** Answers each question with one empty row at least, which knows where its columns come from: a copy then shows all that it may hold. */
const asking = (client: pg.Client): Tx =>
	({
		many: async ({ text, values }: Sql) => {
			const { fields } = await client.query(text, values);
			return [{ ...Object.fromEntries(fields.map(({ name }) => [name, null])), [shape]: fields }];
		},
		one: async () => undefined,
	}) as unknown as Tx;

/** Every column that any domain may give to somebody, as their questions say it: no row need be there. */
export async function everyColumn(domains: readonly Domain[], personId: string): Promise<Given[]> {
	const client = new pg.Client(process.env.COOPOL_OWNER_URL);
	await client.connect();
	try {
		const all: Given[] = [];
		for (const { name: domain, privacy } of [...domains, { name: 'platform', privacy: own }]) {
			const themes = (await privacy?.gather(asking(client), personId)) ?? {};
			for (const [theme, [row]] of Object.entries(themes) as [string, [Record<string | symbol, unknown>]][]) {
				const from = new Map((row[shape] as pg.FieldDef[]).map((field) => [field.name, field]));
				for (const name of Object.keys(row))
					all.push({ domain, theme, name, allowed: await allowedIn(client, from.get(name)) });
			}
		}
		return all;
	} finally {
		await client.end();
	}
}

async function allowedIn(client: pg.Client, field: pg.FieldDef | undefined): Promise<string[]> {
	if (!field?.tableID) return [];
	const { rows } = await client.query(
		`select pg_get_constraintdef(oid) as rule from pg_constraint
		where contype = 'c' and conrelid = $1 and conkey = array[$2::int2] and pg_get_constraintdef(oid) like '%= ANY (ARRAY[%'`,
		[field.tableID, field.columnID],
	);
	return rows.flatMap(({ rule }) =>
		[...rule.matchAll(/'([^']+)'::text|(?<=[[ ])(\d+)(?=[,\]])/g)].map((found) => found[1] ?? found[2]),
	);
}
