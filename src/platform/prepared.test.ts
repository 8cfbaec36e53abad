import { beforeAll, expect, test } from 'vitest';
import { stage } from '#tests/stage.ts';
import { asSystem } from './db.ts';
import { sql } from './sql.ts';

stage();
// One connection: what it keeps is what is counted.
beforeAll(() => {
	process.env.COOPOL_POOL = '1';
});

const ask = (n: number, letters = 1000) =>
	asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select ${sql.raw(String(n))} as n -- ${sql.raw('x'.repeat(letters))}`),
	);
const kept = () =>
	asSystem('test', async (tx) => {
		const rows = await tx.raw('select length(statement) as letters, statement from pg_prepared_statements');
		const texts = rows.map(({ statement }) => String(statement));
		return {
			letters: texts.join('').length,
			has: (n: number) => texts.some((one) => one.startsWith(`select ${n} as n`)),
		};
	});

test('a connection keeps the plans of what it asked last, and no more than so many letters of them', async () => {
	for (let n = 0; n < 300; n++) {
		expect(await ask(n)).toEqual({ n });
		await ask(0);
	}
	const { letters, has } = await kept();
	expect(letters).toBeGreaterThan(150_000);
	expect(letters).toBeLessThan(205_000);
	expect([has(0), has(1), has(299)]).toEqual([true, false, true]);
});

test('what was forgotten is asked again as if for the first time', async () => {
	expect(await ask(1)).toEqual({ n: 1 });
	expect((await kept()).has(1)).toBe(true);
});

test('one larger than all it may keep is answered, and not kept', async () => {
	expect(await ask(1000, 250_000)).toEqual({ n: 1000 });
	const { letters, has } = await kept();
	expect([letters < 205_000, has(1000)]).toEqual([true, false]);
});

test('a statement that was never prepared, its transaction having failed before it, is forgotten without harm', async () => {
	const failing = asSystem('test', (tx) =>
		Promise.all([tx.one(sql`select 1 / 0`), tx.one(sql`select 7 as n -- ${sql.raw('y'.repeat(199_000))}`)]),
	);
	await expect(failing).rejects.toThrow('division by zero');
	for (let n = 400; n < 420; n++) expect(await ask(n)).toEqual({ n });
});
