import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { usual } from './blueprint.ts';

stage();

const migration = readFileSync(join(import.meta.dirname, 'migrations/2026-11-30T21-event-power.sql'), 'utf8');
/** The powers there were before. */
const before = [
	...['members.see', 'members.contact', 'members.welcome', 'members.export', 'members.import', 'map.load'],
	...['unit.edit', 'unit.speak', 'units.create', 'offices.appoint', 'claims.decide', 'posts.moderate'],
	...['settings.edit', 'kinds.edit', 'gates.edit', 'audit.read'],
];
const opened = new Set<postgres.Sql>();
afterAll(() => Promise.all([...opened].map((one) => one.end())));

async function migrate() {
	const connection = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	opened.add(connection);
	await connection.unsafe(migration);
}

const organisers = async () =>
	(
		await asSystem('test', (tx) =>
			tx.many<{ office: string; times: number }>(sql`select unit_kind.key || ' ' || office.key as office,
				cardinality(array_positions(office.powers, 'event.create')) as times from territory.office
				join territory.unit_kind on unit_kind.id = office.kind_id where 'event.create' = any (office.powers) order by 1`),
		)
	).map(({ office, times }) => `${office} ${times}`);

test('offices of an organisation made before events organise as those of a new one; one that was changed is left', async () => {
	const asNew = usual.kinds.flatMap(({ key: kind, offices }) =>
		offices.filter(({ powers }) => powers.includes('event.create')).map(({ key }) => `${kind} ${key} 1`),
	);
	const expected = asNew.filter((one) => !one.startsWith('region')).toSorted();
	await asSystem('test', async (tx) => {
		await tx.run(sql`update territory.office set powers = array(select held.power from unnest(office.powers) as held (power)
			where held.power = any (${list(before, 'text')}))`);
		await tx.run(sql`update territory.office set powers = array_remove(office.powers, 'members.import')
			from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = 'section'`);
		await tx.run(sql`update territory.office set powers = array_remove(office.powers, 'claims.decide')
			from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = 'region'`);
	});
	expect(await organisers()).toEqual([]);
	await migrate();
	await migrate();
	expect(await organisers()).toEqual(expected);
});
