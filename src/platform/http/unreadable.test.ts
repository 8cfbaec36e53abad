import { beforeAll, describe, expect, test } from 'vitest';
import { addMembership } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { refused, scene } from '#tests/traces.ts';
import { askExport } from '../privacy/request.ts';

stage();

let odile: Browser;
beforeAll(async () => {
	odile = await browser('odile');
});

describe('what does not arrive whole', () => {
	test('a form cut on its way is said to be so, on its own page, and nothing is written', async () => {
		const why = await refused(['people.person'], async () => {
			const cut = await odile.send('POST', '/compte?/name', '{"name":', {
				accept: 'text/html',
				'content-type': 'multipart/form-data; boundary=b',
			});
			expect([cut.status, cut.form?.problems]).toEqual([422, [' app.form_unreadable']]);
			expect(cut.main).toContain('Le formulaire n’est pas arrivé entier. Envoie-le à nouveau.');
		});
		expect(why).toBe('done');
	});

	test('a field that holds what no keyboard writes is refused by its name', async () => {
		const sent = await odile.post('/mon-profil?/about', { about: 'a\u0000b', audience: 'me' });
		expect([sent.status, sent.form?.problems]).toEqual([422, ['about app.invalid_value']]);
		expect((await odile.post('/mon-profil?/about', { about: 'Bonjour 👋', audience: 'me' })).status).toBe(
			303,
		);
	});
});

describe('asked twice', () => {
	test('the file of one’s data is being prepared: the page says so, and makes no second one', async () => {
		await scene(sql`delete from platform.export`);
		await askExport(await as('odile'));
		const again = await odile.post('/compte/donnees?/export');
		expect([again.status, again.form?.problems]).toEqual([422, ['export privacy.export_waiting']]);
		expect(again.main).toContain('Ton fichier se prépare déjà');
		const count = () =>
			asSystem('test', (tx) =>
				tx.one(sql`select count(*)::int as n from platform.export where person_id = ${idOf('odile')}`),
			);
		expect(await count()).toEqual({ n: 1 });
		await drainJobs();
		expect((await odile.post('/compte/donnees?/export')).status).toBe(303);
		expect(await count()).toEqual({ n: 2 });
	});

	test('a member number belongs to one person: a second one is led to join the two accounts', async () => {
		const type = (await asSystem('test', (tx) =>
			tx.one<{ id: string }>(sql`select id from people.membership_type where key = 'member'`),
		))!.id;
		const gives = (personId: string, memberNumber: string) => () =>
			asSystem('test', (tx) => addMembership(tx, personId, { typeId: type, memberNumber }));
		const tables = ['people.membership', 'people.person'];
		expect(await refused(tables, gives(idOf('mathis'), 'A-odile'))).toBe('Conflict: people.number_taken');
		expect(await refused(tables, gives(idOf('odile'), 'A-odile'))).toMatch(/^done/);
		// Once it is nobody's, it may be given.
		await scene(sql`update people.membership set ended_at = now() where person_id = ${idOf('odile')}`);
		expect(await refused(tables, gives(idOf('mathis'), 'A-odile'))).toMatch(/^done/);
	});
});
