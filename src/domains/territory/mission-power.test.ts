import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { powers as allPowers, usual } from './blueprint.ts';
import { kindsOfBefore } from './structure.fixture.ts';

stage();

const migration = readFileSync(
	join(import.meta.dirname, 'migrations/2026-11-30T50-mission-power.sql'),
	'utf8',
);
const since: readonly string[] = allPowers.slice(allPowers.indexOf('mission.create'));

/** An organisation as it was made before missions, whose offices have a power that came beside them. */
const before = (more: string[] = []) =>
	asSystem('test', async (tx) => {
		for (const { key: kind, offices } of kindsOfBefore)
			for (const { key, powers } of offices)
				await tx.run(sql`update territory.office set retired_at = null,
						powers = ${list([...powers.filter((power) => !since.includes(power)), ...more], 'text')}
					from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = ${kind} and office.key = ${key}`);
	});
beforeEach(() => before());

async function migrate() {
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	await owner.unsafe(migration).finally(() => owner.end());
}

const callers = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{
				office: string;
			}>(sql`select unit_kind.key || ' ' || office.key as office from territory.office
				join territory.unit_kind on unit_kind.id = office.kind_id where 'mission.create' = any (office.powers) order by 1`),
		)
	).map(({ office }) => office);

const asNew = usual.kinds
	.flatMap(({ key: kind, offices }) =>
		offices.filter(({ powers }) => powers.includes('mission.create')).map(({ key }) => `${kind} ${key}`),
	)
	.toSorted();

test('offices made before missions call for them, as new ones do; done twice it changes nothing', async () => {
	expect(await callers()).toEqual([]);
	await migrate();
	await migrate();
	expect(await callers()).toEqual(asNew);
});

test('also where another power came beside, that nobody chose', async () => {
	await before(['event.create']);
	await migrate();
	expect(await callers()).toEqual(asNew);
});

test('an office that somebody changed since is left as it is', async () => {
	await asSystem('test', (tx) =>
		tx.run(
			sql`update territory.office set powers = powers || array['audit.read'] where office.key = 'secretary'`,
		),
	);
	await migrate();
	expect(await callers()).toEqual([]);
});
