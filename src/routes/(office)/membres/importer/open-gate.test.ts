import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { whoImports } from '#domains/imports/index.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { cast, idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const start = '/membres/importer';
const office = sql`(select term.office_id from territory.term where term.person_id = ${idOf('yamina')} limit 1)`;

describe('an app of imports that was opened to the whole network', () => {
	beforeEach(() =>
		scene(
			sql`insert into territory.gate (app, rule) values ('imports', '{"open":"network"}')
				on conflict (app) do update set rule = excluded.rule`,
		),
	);
	afterEach(() => scene(sql`delete from territory.gate where gate.app = 'imports'`));

	test('offers no form that can only be refused: it names who may import, the nearest first', async () => {
		const odile = await browser('odile');
		const page = await odile.get(start);
		expect(page.status).toBe(200);
		expect(page.main).toContain('Qui peut importer');
		expect(page.main).toContain(cast.yamina.name);
		expect(page.main).not.toContain('Lire le fichier');
		expect(page.html).not.toContain('?/start');
		const [nearest, above] = await whoImports(await as('odile'));
		expect([nearest?.id, above?.id]).toEqual([idOf('samuel'), idOf('yamina')]);
		expect(page.main).not.toContain(cast.fanny.name);
		expect((await odile.post(`${start}?/start`, { kind: 'members', pasted: 'a;b' })).status).toBe(404);
	});

	test('is the same as before for who may import', async () => {
		const page = await (await browser('yamina')).get(start);
		expect(page.html).toContain('?/start');
		expect(page.main).not.toContain('Qui peut importer');
	});

	test('asks an officer for the proof that their office waits for', async () => {
		const yamina = await browser('yamina');
		await scene(sql`update people.session set factor_at = null where session.person_id = ${idOf('yamina')}`);
		const page = await yamina.get(start);
		expect(page.html).not.toContain('?/start');
		expect(page.main).toContain('une fois ton second facteur donné');
	});

	test('offers the lists that one’s office imports, and no other', async () => {
		await scene(
			sql`update territory.office set powers = array_remove(office.powers, 'members.import') where office.id = ${office}`,
		);
		const page = await (await browser('yamina')).get(start);
		expect(page.html).toContain('?/start');
		expect(page.html).toContain('value="units"');
		expect(page.html).not.toContain('value="members"');
		await scene(
			sql`update territory.office set powers = office.powers || 'members.import'::text where office.id = ${office}`,
		);
	});
});
