import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { powers as allPowers, usual } from './blueprint.ts';
import { kindsOfBefore } from './structure.fixture.ts';

stage();

const migration = readFileSync(join(import.meta.dirname, 'migrations/2026-11-28T16-map-power.sql'), 'utf8');

// Powers that came with the map, or after it.
const since: readonly string[] = allPowers.slice(allPowers.indexOf('map.load'));

/** An organisation as it was made before the map: the usual offices, without the power to load. */
beforeEach(() =>
	asSystem('test', async (tx) => {
		for (const { key: kind, offices } of kindsOfBefore)
			for (const { key, powers } of offices)
				await tx.run(sql`update territory.office set retired_at = null,
						powers = ${list(
							powers.filter((power) => !since.includes(power)),
							'text',
						)}
					from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = ${kind} and office.key = ${key}`);
	}),
);

const owner = () => postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
const opened = new Set<ReturnType<typeof owner>>();
afterAll(() => Promise.all([...opened].map((one) => one.end())));

async function migrate() {
	const connection = owner();
	opened.add(connection);
	await connection.unsafe(migration);
}

const loaders = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{
				office: string;
			}>(sql`select unit_kind.key || ' ' || office.key as office from territory.office
				join territory.unit_kind on unit_kind.id = office.kind_id where 'map.load' = any (office.powers) order by 1`),
		)
	).map(({ office }) => office);

const change = (kind: string, key: string, set: string) =>
	asSystem('test', (tx) =>
		tx.run(sql`update territory.office set ${sql.raw(set)} from territory.unit_kind
			where unit_kind.id = office.kind_id and unit_kind.key = ${kind} and office.key = ${key}`),
	);

test('offices of an organisation made before the map load its files, as those of a new one', async () => {
	expect(await loaders()).toEqual([]);
	await migrate();
	const asNew = usual.kinds.flatMap(({ key: kind, offices }) =>
		offices.filter(({ powers }) => powers.includes('map.load')).map(({ key }) => `${kind} ${key}`),
	);
	expect(await loaders()).toEqual(asNew.toSorted());
});

test('an office that somebody changed since, or ended, is left as it is', async () => {
	await change('federation', 'secretary', `powers = array_remove(powers, 'members.export')`);
	await change('national', 'secretary', `powers = powers || array['audit.read']`);
	await change('national', 'web_officer', 'retired_at = now()');
	await migrate();
	expect(await loaders()).toEqual([]);
});

test('done twice it gives the power once', async () => {
	await migrate();
	await migrate();
	const [found] = await asSystem('test', (tx) =>
		tx.many<{ times: number }>(sql`select cardinality(array_positions(office.powers, 'map.load')) as times
			from territory.office where 'map.load' = any (office.powers) order by 1 desc`),
	);
	expect(found?.times).toBe(1);
});
