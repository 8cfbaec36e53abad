import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { importFile } from './index.ts';

stage();

const LINES = 600;
const path = join(mkdtempSync(join(tmpdir(), 'coopol-again-')), 'members.csv');
writeFileSync(
	path,
	`Matricule;Nom;Prénom;Section\n${Array.from({ length: LINES }, (_, i) => `R${i};Dupuy;Rose;Villebrume`).join('\n')}\n`,
);

/** Lines of imports that PostgreSQL looked at so far. */
async function looked(owner: postgres.Sql): Promise<number> {
	await asSystem('test', (tx) => tx.run(sql`select pg_stat_force_next_flush()`));
	const [row] = await owner`select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::float8 as rows
		from pg_stat_user_tables where relid = 'imports.line'::regclass`;
	return row!.rows;
}

test('the same file sent again at once: PostgreSQL, which counted the lines before, looks at each a few times only', async () => {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	try {
		expect((await importFile(null, { kind: 'members', path })).counts).toEqual({ created: LINES });
		await owner`analyze imports.line`;
		const before = await looked(owner);
		expect((await importFile(null, { kind: 'members', path })).counts).toEqual({ same: LINES });
		const rows = (await looked(owner)) - before;
		expect(rows).toBeGreaterThan(LINES);
		expect(rows / LINES).toBeLessThan(20);
	} finally {
		await owner.end();
	}
}, 60_000);
