import { expect, test } from 'vitest';
import { as, stage } from '#tests/stage.ts';
import { sql } from './sql.ts';
import { readTogether } from './together.ts';

stage();

const whoAsks = sql`select platform.viewer() as id, pg_backend_pid() as pid, pg_current_snapshot()::text as snapshot,
	transaction_timestamp()::text as began`;

test('the parts of a page asked at the same moment share one snapshot; another person has their own', async () => {
	const [odile, samuel] = [await as('odile'), await as('samuel')];
	const [one, two, other] = await Promise.all(
		[odile, odile, samuel].map((viewer) =>
			readTogether(viewer, (tx) => tx.one<{ id: string; pid: number }>(whoAsks)),
		),
	);
	// One process of PostgreSQL, one beginning: one transaction. Others of the house may run meanwhile, and are not counted.
	expect(one).toEqual(two);
	expect([one?.id, other?.id]).toEqual([odile.id, samuel.id]);
	expect(other?.pid).not.toBe(one?.pid);
});

test('a part that fails does not fail the others', async () => {
	const odile = await as('odile');
	const parts = await Promise.allSettled([
		readTogether(odile, (tx) => tx.one(sql`select 1 / 0`)),
		readTogether(odile, (tx) => tx.one(sql`select 1 as n`)),
		readTogether(odile, async (tx) => {
			await tx.one(sql`select 1`);
			throw new Error('not a matter of SQL');
		}),
	]);
	expect(parts.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected']);
	expect(String((parts[0] as PromiseRejectedResult).reason)).toContain('division by zero');
});
