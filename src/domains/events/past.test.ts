import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { answer } from './answer.ts';
import { planned, set } from './stage.fixture.ts';

stage();

let odile: Browser;
let samuel: Browser;
beforeAll(async () => {
	[odile, samuel] = [await browser('odile'), await browser('samuel')];
});

/** An event to which Odile came, where she brought coffee and one hand was missing. */
async function over(): Promise<string> {
	const id = await planned({ title: 'Stand de la halle' });
	await answer(await as('odile'), id, { presence: 'coming', guests: 0 });
	const [coffee, hand] = [newId(), newId()];
	await asSystem('test', async (tx) => {
		await tx.run(sql`insert into events.shift (id, event_id, position, name, needed)
			values (${coffee}, ${id}::uuid, 0, 'Apporter le café', 1), (${hand}, ${id}::uuid, 1, 'Ranger', 1)`);
		await tx.run(sql`insert into events.taker (shift_id, person_id) values (${coffee}, ${idOf('odile')})`);
	});
	await set(id, `starts_at = now() - interval '5 hours', ends_at = now() - interval '2 hours'`);
	return id;
}

describe('the page of an event that is over', () => {
	test('asks for no hand, gives no code for the door, and takes back no shift', async () => {
		const { main, html } = await odile.get(`/evenements/${await over()}`);
		expect(main).toContain('Apporter le café');
		expect(main).toContain('C’est moi');
		expect(main).not.toContain('Il manque encore');
		expect(html).not.toContain('/mon-code"');
		expect(html).not.toContain('?/leaveShift');
	});

	test('tells first what came of it', async () => {
		const id = await over();
		await samuel.post(`/evenements/${id}/compte-rendu/ecrire?/publish`, { text: 'Deux cents tracts.' });
		await drainJobs();
		const { main } = await odile.get(`/evenements/${id}`);
		expect(main.indexOf('Deux cents tracts.')).toBeGreaterThan(0);
		expect(main.indexOf('Deux cents tracts.')).toBeLessThan(main.indexOf('Les coups de main'));
	});
});

describe('the poster', () => {
	test('carries the unit, the place with its commune, and the mark of the organisation, whichever it is', async () => {
		const id = await planned({ title: 'Bal' });
		const { html, main } = await samuel.get(`/evenements/${id}/affiche`);
		expect(main).toContain('Section de Villebrume');
		expect(html).toMatch(/poster-brand.*?<(?:span class="mark"|img)/s);
	});
});
