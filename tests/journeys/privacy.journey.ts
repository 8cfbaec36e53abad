import { expect, test } from 'vitest';
import { desktop, leave, phone, someone, story, ways } from './person.ts';
import { signIn } from './sign-in.ts';

story();

test.each(ways.slice(0, 2))(
	'Inès takes her data away, asks to be erased, and stays after all, on %s',
	async (_, way) => {
		const ines = await signIn('ines', way);
		await ines.open('/compte/donnees');
		await ines.press('Préparer mon fichier');
		const file = ines.page.locator('a[download]').first();
		await ines.until(async () => {
			await ines.page.goto(`${ines.address}/compte/donnees`);
			return (await file.count()) > 0;
		});
		const taken = await ines.page.request.get(
			new URL((await file.getAttribute('href')) ?? '', ines.address).href,
		);
		expect(taken.status()).toBe(200);
		expect((await taken.body()).length).toBeGreaterThan(500);
		ines.expects.push(400, 422);
		await ines.press('Effacer dans trente jours');
		expect(await ines.text()).toContain('Coche la case pour confirmer.');
		await ines.pick('Oui, effacer mon compte');
		await ines.press('Effacer dans trente jours');
		expect(await ines.text()).toContain('Tu as trente jours pour changer d');
		await ines.press('Garder mon compte');
		expect(await ines.page.getByRole('button', { name: 'Effacer dans trente jours' }).count()).toBe(1);
		expect(await leave(ines)).toEqual([]);
	},
);

test.each(ways)('a visitor finds a section and no name of a member, on %s', async (_, way) => {
	const visitor = await someone(way);
	await visitor.open('/');
	await visitor.fill('Chercher une commune ou un lieu', 'Villebrume');
	await visitor.page.keyboard.press('Enter');
	await visitor.page.waitForURL(/q=/);
	await visitor.look();
	await visitor.follow('Section de Villebrume');
	for (const name of ['Odile', 'Mathis', 'Gérard']) expect(await visitor.text()).not.toContain(name);
	expect(await visitor.page.locator('meta[name="robots"][content*="noindex"]').count()).toBe(0);
	await visitor.open('/donnees-personnelles');
	for (const path of ['/fil', '/contacts', '/recherche?q=odile', '/mon-profil']) {
		await visitor.open(path);
		expect(visitor.path).toBe('/connexion');
	}
	expect(await leave(visitor)).toEqual([]);
});

test('Thibaud, suspended, reads why and keeps his rights', async () => {
	const thibaud = await someone({ ...phone, script: false });
	thibaud.expects.push(404);
	await thibaud.open('/demo');
	await thibaud.touch(thibaud.page.locator('button[name="who"][value="thibaud"]'));
	expect(await thibaud.text()).toContain('Ton compte est suspendu');
	await thibaud.follow('Lire la décision');
	await thibaud.open('/fil');
	await thibaud.follow('Emporter mes données');
	await thibaud.press('Préparer mon fichier');
	expect(await leave(thibaud)).toEqual([]);
});

test('a mailbox receives the code, and nothing says whether an account exists', async () => {
	const person = await someone({ ...desktop, script: true });
	await person.open('/connexion');
	await person.fill('Ton e-mail', 'nobody.here@courrier.example');
	await person.press('Recevoir un code');
	expect(await person.text()).toContain(
		"Si un compte existe à l'adresse nobody.here@courrier.example, un code vient d",
	);
	expect(await leave(person)).toEqual([]);
});
