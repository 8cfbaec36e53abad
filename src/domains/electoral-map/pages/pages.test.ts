import { beforeAll, describe, expect, test } from 'vitest';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { villebrume } from '../../../../bin/demo/ground.ts';
import { makeUp } from '../seed.ts';

stage();

const people: Partial<Record<CastName, Browser>> = {};
beforeAll(async () => {
	await asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		await tx.run(sql`insert into territory.coverage (unit_id, zone_id)
			select ${idOf('villebrume')}::uuid, zone.id from territory.zone where zone.code = 'X01001'`);
		await makeUp(tx, villebrume());
	});
	for (const name of ['odile', 'mathis', 'ines', 'yamina', 'noemie'] as const)
		people[name] = await browser(name);
});

describe('the map', () => {
	test('shows a member where to go first in the town of their section, and why', async () => {
		const page = await people.odile!.get('/carte');
		expect(page.status).toBe(200);
		console.log(page.main);
		expect(page.main).toContain('Section de Villebrume · 14 bureaux de vote');
	});
});
