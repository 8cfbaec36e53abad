import { beforeAll, expect, test } from 'vitest';
import { type MadeUp, makeUp } from '#domains/electoral-map/index.ts';
import { inventedZones, loadZones } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { villebrume } from '../../../../../bin/demo/ground.ts';
import { planned, set } from '../../../../domains/events/stage.fixture.ts';
import { officialBy } from '../../../../domains/missions/missions.fixture.ts';

stage();

/** The invented town under the code of another commune. */
const townAt = (code: string) =>
	JSON.parse(JSON.stringify(villebrume()).replaceAll('X01001', code)) as MadeUp;

interface Place {
	id: string;
	code: string;
}
let [home, other]: Place[] = [];
beforeAll(() =>
	asSystem('test', async (tx) => {
		await loadZones(tx, inventedZones());
		[home, other] = await tx.many<Place>(
			sql`select id, code from territory.zone where kind = 'commune' order by id limit 2`,
		);
		await makeUp(tx, townAt(home!.code));
		await tx.run(sql`insert into people.arrival (person_id, zone_id) values (${idOf('odile')}, ${home!.id})
			on conflict (person_id) do update set zone_id = excluded.zone_id`);
		await tx.run(
			sql`insert into territory.coverage (unit_id, zone_id) values (${idOf('villebrume')}, ${home!.id}) on conflict do nothing`,
		);
	}),
);
const at = '/agenda/pres-de-moi';

test('where outlines are loaded, communes are drawn, and the list and the map lead to one another', async () => {
	const near = await planned({ visibility: 'network', title: 'Au pied du phare' });
	await set(near, `zone_id = '${home!.id}'`);
	const far = await planned({ visibility: 'network', title: 'Chez les voisins' });
	await set(far, `zone_id = '${other!.id}'`);
	const page = await (await browser('odile')).get(at);
	expect(page.html).toMatch(/<path class="ground home" d="M[^"]{20,}"/);
	expect(page.html.match(/class="ground/g)).toHaveLength(1);
	expect(page.html).toMatch(/id="near-place-1"[^>]*href="#near-/);
	const line = (id: string) => new RegExp(`<li id="near-${id}"[^>]*>`).exec(page.html)![0];
	expect(line(near)).toContain('data-same="near-1"');
	expect(line(far)).not.toContain('data-same');
	expect(page.main).toMatch(/Ta commune : .*Dans ta commune.*Au pied du phare.*Chez les voisins/s);
	expect(page.html).not.toMatch(/ style=|<script(?! (?:type="module" )?src)/);
});

test('missions are there too, where their unit is, for who sees them and nobody else', async () => {
	const id = await officialBy(await as('samuel'), { title: 'Coller aux Tanneries', audience: 'unit' });
	const page = await (await browser('odile')).get(at);
	expect(page.main).toMatch(/Dans ta commune.*Coller aux Tanneries.*Mission/s);
	expect(page.html).toMatch(new RegExp(`<li id="near-${id}"[^>]*data-same="near-1"`));
	expect(page.html).toContain(`href="/missions/${id}"`);
	const elsewhere = await (await browser('noemie')).get(at);
	expect(elsewhere.status).toBe(200);
	expect(elsewhere.main).not.toContain('Coller aux Tanneries');
});
