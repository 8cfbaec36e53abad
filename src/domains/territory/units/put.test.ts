import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, units } from '#tests/party.ts';
import { outcome, stage } from '#tests/stage.ts';
import { repairCounts } from '../belonging/counts.ts';
import { putUnits, type UnitRow } from './put.ts';

stage();

const put = (rows: UnitRow[]) => asSystem('import', (tx) => putUnits(tx, rows));
const row = (code: string, kind: string, parent: string | null, name = `Unité ${code}`): UnitRow => ({
	code,
	kind,
	parent,
	name,
});
const path = (code: string) =>
	asSystem(
		'test',
		async (tx) =>
			(
				await tx.one<{
					codes: string[];
				}>(sql`select array(select above.code from territory.unit as above where above.id = any (unit.ancestors)
		order by array_position(unit.ancestors, above.id)) as codes from territory.unit where code = ${code}`)
			)?.codes,
	);

test('four thousand units go in within seconds, parents in any order, and again without a change', async () => {
	const rows = [
		...Array.from({ length: 3_900 }, (_, i) =>
			row(`Z${i}`, 'section', `D${i % 100}`, `Section de la Mairie`),
		),
		...Array.from({ length: 100 }, (_, i) => row(`D${i}`, 'federation', 'R01')),
	];
	const start = performance.now();
	const { added, ids } = await put(rows);
	expect([added, ids.size]).toEqual([4_000, 4_000]);
	expect(performance.now() - start).toBeLessThan(10_000);
	expect(await path('Z7')).toEqual(['N', 'R01', 'D7', 'Z7']);
	expect(await put(rows)).toMatchObject({ added: 0, changed: 0 });
});

test('a second file moves and renames what changed, and only that', async () => {
	await put([
		row('S0102', 'section', units.hautsarvan.code, 'Section de Montclairval'),
		row('S0101', 'section', 'F01', 'Section de Villebrume et Aubrelles'),
	]);
	expect(await path('S0102')).toEqual(['N', units.sarvan.code, units.hautsarvan.code, 'S0102']);
	expect(await asSystem('test', repairCounts)).toBe(0);
	const kept = await asSystem('test', (tx) =>
		tx.one(sql`select name, slug, id from territory.unit where code = 'S0101'`),
	);
	expect(kept).toEqual({
		name: 'Section de Villebrume et Aubrelles',
		slug: 'section-de-villebrume',
		id: idOf('villebrume'),
	});
});

test('an unknown kind, an unknown parent, a misplaced kind and a circle are refused, and nothing stays', async () => {
	for (const wrong of [
		[row('A1', 'cell', 'F01')],
		[row('A2', 'section', 'nowhere')],
		[row('A3', 'section', 'N')],
		[row('A4', 'section', null), row('N', 'national', 'A4')],
		[{ ...row('A6', 'section', 'F01'), zones: ['commune:none'] }],
	]) {
		expect(await outcome(put(wrong))).toBe('Invalid');
		expect(await path(wrong[0]!.code)).toBeUndefined();
	}
});
