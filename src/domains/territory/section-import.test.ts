import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';

stage();

const migration = readFileSync(
	join(import.meta.dirname, 'migrations/2026-12-04T40-section-import.sql'),
	'utf8',
);
const asOwner = async (said: string) => {
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	await owner.unsafe(said).finally(() => owner.end());
};
const ofSection = sql`from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = 'section' and office.key = 'secretary'`;
/** An office of before, with this change of its own. */
const before = (change = sql`office.powers`) =>
	asSystem('test', (tx) =>
		tx.run(sql`update territory.office set powers = array_remove(${change}, 'members.import') ${ofSection}`),
	);
const holds = async () =>
	(await asSystem('test', (tx) =>
		tx.one<{ powers: string[] }>(sql`select array(select unnest(office.powers)
				intersect select unnest(array['members.import', 'tea.make']) order by 1) as powers
				from territory.office join territory.unit_kind on unit_kind.id = office.kind_id
				where unit_kind.key = 'section' and office.key = 'secretary'`),
	))!.powers;

test('an organisation made before brings its lists in by its sections too, and what comes later comes to them still', async () => {
	await before();
	expect(await holds()).toEqual([]);
	await asOwner(migration);
	expect(await holds()).toEqual(['members.import']);
	await asOwner(`select territory.give_power('tea.make', array['section secretary'])`);
	expect(await holds()).toEqual(['members.import', 'tea.make']);
});

test('where the office was changed, whose it is to give stays with those who changed it', async () => {
	await before(sql`array_remove(array_remove(office.powers, 'unit.speak'), 'tea.make')`);
	await asOwner(migration);
	expect(await holds()).toEqual([]);
});
