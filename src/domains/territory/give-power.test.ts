import postgres from 'postgres';
import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { usual } from './blueprint.ts';

stage();

const all = usual.kinds.flatMap(({ key: kind, offices }) =>
	offices.map(({ key, powers }) => ({ kind, key, powers, name: `${kind} ${key}` })),
);

/** Every office as the first structure makes it today. */
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const { kind, key, powers } of all)
			await tx.run(sql`update territory.office set retired_at = null, powers = ${list(powers, 'text')}
				from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = ${kind} and office.key = ${key}`);
	}),
);

/** What a migration says. */
async function give(offices: string[]): Promise<number> {
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	const [row] = await owner`select territory.give_power('tea.make', ${offices}) as n`.finally(() =>
		owner.end(),
	);
	return row!.n;
}
const makers = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ name: string }>(sql`select unit_kind.key || ' ' || office.key as name from territory.office
				join territory.unit_kind on unit_kind.id = office.kind_id where 'tea.make' = any (office.powers) order by 1`),
		)
	).map(({ name }) => name);

test('every office of the first structure can be given a power that comes later; twice changes nothing', async () => {
	const names = all.map(({ name }) => name);
	expect(await give(names)).toBe(names.length);
	expect(await give(names)).toBe(0);
	expect(await makers()).toEqual(names.toSorted());
});

test('those named get it, and no other', async () => {
	expect(await give(['section secretary', 'region secretary'])).toBe(2);
	expect(await makers()).toEqual(['region secretary', 'section secretary']);
});

test('an office that somebody gave more, or took from, or closed, is left as it is', async () => {
	await asSystem('test', async (tx) => {
		const office = (key: string) =>
			sql`from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = ${key} and office.key = 'secretary'`;
		await tx.run(
			sql`update territory.office set powers = powers || array['audit.read'] ${office('section')}`,
		);
		await tx.run(
			sql`update territory.office set powers = array_remove(powers, 'unit.speak') ${office('federation')}`,
		);
		await tx.run(sql`update territory.office set retired_at = now() ${office('region')}`);
	});
	expect(await give(['section secretary', 'federation secretary', 'region secretary'])).toBe(0);
	expect(await makers()).toEqual([]);
});

test('it is for migrations: asked by the house, it does nothing', async () => {
	await asSystem('test', (tx) =>
		tx.run(sql`select territory.give_power('tea.make', array['section secretary'])`),
	);
	expect(await makers()).toEqual([]);
});
