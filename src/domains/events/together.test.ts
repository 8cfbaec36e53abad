import { beforeAll, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { planned } from './stage.fixture.ts';

stage();

let samuel: Browser;
let fanny: Browser;
let tidiane: Browser;
beforeAll(async () => {
	[samuel, fanny, tidiane] = [await browser('samuel'), await browser('fanny'), await browser('tidiane')];
});

const pageOf = (id: string) => `/evenements/${id}`;
const asked = async (id: string) => {
	const done = await samuel.post(`${pageOf(id)}/inviter?/askUnit`, { unit: idOf('pontsarvan') });
	const row = await asSystem('test', (tx) =>
		tx.one<{ id: string }>(sql`select co_unit.id from events.co_unit where co_unit.event_id = ${id}::uuid`),
	);
	await drainJobs();
	return { done, co: row!.id };
};
const says = async (id: string, co: string, accept: 'yes' | 'no') => {
	const done = await fanny.post(`${pageOf(id)}?/answerUnit`, { id: co, accept });
	await drainJobs();
	return done;
};
const told = async (who: Browser) => (await who.get('/avis')).main;

describe('asking another unit to organise', () => {
	test('a yes is told with the unit that says it, and its people see the event', async () => {
		const id = await planned({ title: 'Fête du port' });
		const { co } = await asked(id);
		expect(await told(fanny)).toContain(
			'Samuel Oudraine propose à Section de Port-Brumel d’organiser aussi : Fête du port, ',
		);
		expect((await tidiane.get(pageOf(id))).status).toBe(404);
		await says(id, co, 'yes');
		expect(await told(samuel)).toContain(
			'Fanny Kerdoncuff accepte d’organiser avec toi (Section de Port-Brumel) : Fête du port, ',
		);
		expect((await tidiane.get(pageOf(id))).main).toContain('Fête du port');
		expect((await tidiane.get('/agenda')).main).toContain('Fête du port');
	});

	test('a no is told too: who asked does not wait for ever', async () => {
		const id = await planned({ title: 'Fête des phares' });
		const { co } = await asked(id);
		expect((await says(id, co, 'no')).to).toBe('/agenda');
		expect(await told(samuel)).toContain(
			'Section de Port-Brumel ne pourra pas organiser avec toi : Fête des phares, ',
		);
		expect((await fanny.get(pageOf(id))).status).toBe(404);
		expect((await tidiane.get(pageOf(id))).status).toBe(404);
	});

	test('who said no is not asked again in silence: the page says how', async () => {
		const id = await planned();
		const { co } = await asked(id);
		expect((await asked(id)).done.status).toBe(303);
		await says(id, co, 'no');
		const { done } = await asked(id);
		expect([done.status, done.form!.problems]).toEqual([422, ['unit events.co_unit_refused']]);
		await samuel.post(`${pageOf(id)}/inviter?/dropUnit`, { id: co });
		expect((await asked(id)).done.status).toBe(303);
		expect((await fanny.get(pageOf(id))).main).toContain('Oui, on organise ensemble');
	});

	test('yes and no at once is one answer', async () => {
		const id = await planned();
		const { co } = await asked(id);
		const both = await Promise.all([says(id, co, 'yes'), says(id, co, 'no')]);
		expect(both.map(({ status }) => status).toSorted()).toEqual([303, 403]);
	});

	test('taken back once accepted, the officers there are told, and their people see it no more', async () => {
		const id = await planned({ title: 'Fête des quais' });
		const { co } = await asked(id);
		await says(id, co, 'yes');
		await samuel.post(`${pageOf(id)}/inviter?/dropUnit`, { id: co });
		await drainJobs();
		expect(await told(fanny)).toContain('Section de Port-Brumel n’organise plus : Fête des quais, ');
		expect((await tidiane.get(pageOf(id))).status).toBe(404);
		expect((await tidiane.get('/agenda')).main).not.toContain('Fête des quais');
	});

	test('a unit that organises may leave by itself, and is led to a page that it still sees', async () => {
		const id = await planned({ title: 'Fête des dunes' });
		const { co } = await asked(id);
		await says(id, co, 'yes');
		const left = await fanny.through(`${pageOf(id)}/inviter?/dropUnit`, { id: co });
		expect(left.status).toBe(200);
		expect((await fanny.get(pageOf(id))).status).toBe(404);
	});
});
