import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { stage } from '#tests/stage.ts';
import { kindsOfBefore } from './structure.fixture.ts';

stage();

const migration = readFileSync(
	join(import.meta.dirname, 'migrations/2026-11-30T41-message-power.sql'),
	'utf8',
);

test('offices of an organisation made before letters write to their level, as those of a new one; one that was changed stays as it is', async () => {
	await asSystem('test', async (tx) => {
		for (const { key: kind, offices } of kindsOfBefore)
			for (const { key, powers } of offices)
				await tx.run(
					sql`update territory.office set powers = ${list(
						powers.filter((power) => power !== 'message.unit'),
						'text',
					)} from territory.unit_kind where unit_kind.id = office.kind_id and unit_kind.key = ${kind} and office.key = ${key}`,
				);
		await tx.run(sql`update territory.office set powers = office.powers || array['audit.read'] from territory.unit_kind
			where unit_kind.id = office.kind_id and unit_kind.key = 'national' and office.key = 'secretary'`);
	});
	const owner = postgres(process.env.COOPOL_OWNER_URL ?? '', { max: 1, onnotice: () => {} });
	await owner.unsafe(migration);
	await owner.unsafe(migration);
	await owner.end();
	const rows = await asSystem('test', (tx) =>
		tx.many<{ office: string; times: number }>(sql`select unit_kind.key || ' ' || office.key as office,
			cardinality(array_positions(office.powers, 'message.unit')) as times
			from territory.office join territory.unit_kind on unit_kind.id = office.kind_id
			where 'message.unit' = any (office.powers) order by 1`),
	);
	expect(rows).toEqual([
		{ office: 'federation secretary', times: 1 },
		{ office: 'section secretary', times: 1 },
	]);
});
