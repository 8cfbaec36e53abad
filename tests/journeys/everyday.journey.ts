import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, phone, story, ways } from './person.ts';
import { photo } from './photo.ts';
import { heardSeconds, sound } from './sound.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const hrefOf = (link: Element) => (link as HTMLAnchorElement).href;
const card = (person: Person, text: string) => person.page.locator('article.post', { hasText: text }).first();

test.each(ways)(
	'Odile publishes to her section, changes her mind, publishes again, on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		const text = `Il reste des affiches aux Tanneries ${stamp()}.`;
		await odile.open('/fil/publier');
		await odile.fill('Ton message', text);
		expect(await odile.text(odile.page.getByRole('button', { name: /^Publier/ }))).toMatch(
			/Publier à \d+ personnes/,
		);
		await odile.press(/^Publier/);
		expect(await odile.text()).toContain("C'est publié. Il part dans dix secondes.");
		await odile.press("Annuler l'action");
		expect(await odile.field('Ton message').inputValue()).toBe(text);
		await odile.press(/^Publier/);
		expect(await card(odile, text).count()).toBe(1);
		expect(await leave(odile)).toEqual([]);
	},
);

test.each(ways.slice(0, 2))(
	'a photo with its description, redrawn without its secrets, on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		const text = `Le stand de ce matin ${stamp()}`;
		await odile.open('/fil/publier');
		await odile.fill('Ton message', text);
		await odile.unfold('Ajouter des photos');
		await odile.field(/Photo 1/).setInputFiles(await photo());
		await odile.fill('Que voit-on sur la photo 1', 'Une table et un parasol');
		await odile.press(/^Publier/);
		const picture = card(odile, text).getByAltText('Une table et un parasol');
		// Redrawn by a worker that gives way to pages as far as it can.
		await odile.until(async () => {
			await odile.page.goto(`${odile.address}/fil`);
			return (await picture.count()) > 0;
		}, 60);
		const source = new URL((await picture.getAttribute('src')) ?? '', odile.address);
		const bytes = await (await odile.page.request.get(source.href)).body();
		expect(bytes.length).toBeGreaterThan(500);
		expect(bytes.includes('SecretPlace')).toBe(false);

		// Where data are spared, nothing of it is fetched before a touch.
		await odile.page.context().addCookies([{ name: 'data', value: 'low', url: odile.address }]);
		await odile.page.goto('about:blank');
		const fetched: string[] = [];
		odile.page.on('request', (asked) => asked.url().includes('/fichiers/') && fetched.push(asked.url()));
		await odile.open('/fil');
		expect(await odile.text(card(odile, text))).toContain('Une table et un parasol');
		expect(fetched).toEqual([]);
		const link = card(odile, text).getByRole('link', { name: /Voir l.image/ });
		// Without script the browser shows it alone.
		if (!way.script) expect((await odile.page.request.get(await link.evaluate(hrefOf))).status()).toBe(200);
		else {
			await link.click();
			await odile.until(async () => fetched.length > 0);
			expect(await card(odile, text).getByAltText('Une table et un parasol').count()).toBe(1);
		}
		expect(await leave(odile)).toEqual([]);
	},
);

test.each(ways.slice(0, 2))('a sound with its words is heard where it was said, on %s', async (_, way) => {
	const odile = await become('odile', way);
	const text = `Écoutez le marché ${stamp()}`;
	await odile.open('/fil/publier');
	await odile.fill('Ton message', text);
	await odile.unfold('Ajouter un son');
	await odile.field('Son').setInputFiles(sound());
	await odile.fill("Qu'entend-on", 'Une longue note.');
	await odile.press(/^Publier/);
	expect(await odile.text(card(odile, text))).toMatch(/parole\.wav · 0:02\s+Une longue note\./);
	const player = card(odile, text).locator('audio');
	if (way.script) expect(await player.evaluate(heardSeconds)).toBe(2);
	const address = new URL((await player.getAttribute('src')) ?? '', odile.address).href;
	const bytes = await (await odile.page.request.get(address)).body();
	expect(bytes.includes('SecretPlace')).toBe(false);
	const part = await odile.page.request.get(address, { headers: { range: 'bytes=0-9' } });
	expect([part.status(), (await part.body()).length]).toEqual([206, 10]);
	expect(await leave(odile)).toEqual([]);
});

test.each(ways.slice(0, 2))('a poll is asked, answered and answered otherwise, on %s', async (_, way) => {
	const odile = await become('odile', way);
	const question = `Le pot, on le fait quand ${stamp()} ?`;
	await odile.open('/fil/publier');
	await odile.fill('Ton message', question);
	await odile.unfold('Ajouter un sondage');
	await odile.fill('Réponse 1', 'Jeudi');
	await odile.fill('Réponse 2', 'Vendredi');
	await odile.press(/^Publier/);
	const samuel = await become('samuel', way);
	await seePost(samuel, question);
	for (const [answer, button] of [
		['Jeudi', 'Répondre'],
		['Vendredi', 'Changer ma réponse'],
	] as const) {
		await samuel.pick(new RegExp(answer), card(samuel, question));
		await samuel.press(button, samuel.page.locator('article.post'));
	}
	expect(await samuel.field(/Vendredi/, card(samuel, question)).isChecked()).toBe(true);
	expect(await samuel.text()).toContain('1 réponse');
	expect(await leave(odile, samuel)).toEqual([]);
});

test.each(ways.slice(0, 2))('comments, a reply and thanks, on %s', async (_, way) => {
	const [odile, samuel] = [await become('odile', way), await become('samuel', way)];
	const text = `Qui peut tenir le stand samedi ${stamp()} ?`;
	await publish(odile, text);
	await seePost(samuel, text);
	await samuel.press(/^Merci/, samuel.page.locator('article.post'));
	expect(await samuel.text()).toMatch(/Merci · 1/);
	await samuel.fill('Ton commentaire', 'Moi, de dix heures à midi.');
	await samuel.press('Envoyer');
	await odile.open(samuel.path);
	await odile.unfold('Répondre');
	await odile.fill('Ta réponse à Samuel Oudraine', 'Parfait, je prends la suite.');
	await odile.press('Envoyer');
	expect(await odile.text()).toContain('Parfait, je prends la suite.');
	await odile.open('/avis');
	expect(await odile.text()).toContain('Samuel Oudraine');
	expect(await leave(odile, samuel)).toEqual([]);
});

test.each(ways.slice(0, 2))('two people become friends, and it ends as quietly, on %s', async (_, way) => {
	const [odile, samuel] = [await become('odile', way), await become('samuel', way)];
	await openPerson(odile, 'Samuel Oudraine');
	const page = odile.path;
	await odile.unfold('Faire connaissance');
	await odile.fill(/Un mot pour Samuel/, "On s'est vus au marché.");
	await odile.press('Envoyer la demande');
	expect(await odile.text()).toContain('Demande envoyée');
	await samuel.open('/contacts');
	expect(await samuel.text()).toContain("On s'est vus au marché.");
	await samuel.press("Accepter la demande d'Odile Fabrègat");
	await odile.open(page);
	expect(await odile.text()).toContain('Vous êtes coopains');
	await odile.unfold('Vous êtes');
	await odile.press(/^Retirer/);
	await odile.open(page);
	expect(await odile.text()).toContain('Faire connaissance');
	expect(await leave(odile, samuel)).toEqual([]);
});

test.each(ways.slice(0, 2))('who is blocked disappears, and comes back, on %s', async (_, way) => {
	const odile = await become('odile', way);
	await openPerson(odile, 'Paulo Meirinhac');
	await odile.open(`/securite/bloquer?personne=${odile.path.split('/').at(-1)}`);
	await odile.press('Bloquer');
	await odile.open('/recherche?q=Paulo%20Meirinhac');
	expect(await odile.page.locator('main a[href^="/personnes/"]', { hasText: 'Paulo' }).count()).toBe(0);
	await odile.open('/securite');
	await odile.press(/Débloquer : Paulo/);
	await openPerson(odile, 'Paulo Meirinhac');
	expect(await leave(odile)).toEqual([]);
});

test.each(ways.slice(0, 2))(
	'each line of a profile says who reads it; who looked is written, on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		const about = `Je couds des banderoles ${stamp()}.`;
		await odile.open('/mon-profil');
		await odile.fill('Quelques mots sur toi', about);
		const form = odile.page.locator('form[action="?/about"]');
		await form.getByLabel('Qui le voit').selectOption({ label: 'Les personnes de mon lieu' });
		await odile.press('Enregistrer', form);
		await odile.follow('Voir ma page');
		const page = odile.path;
		const [mathis, fanny] = [await become('mathis', way), await become('bertrand', way)];
		await mathis.open(page);
		expect(await mathis.text()).toContain(about);
		await fanny.open(page);
		expect(await fanny.text()).not.toContain(about);
		await odile.open('/qui-me-voit');
		expect(await odile.text()).toContain('Samuel Oudraine');
		expect(await leave(odile, mathis, fanny)).toEqual([]);
	},
);

test('a status is set and cleared in one gesture', async () => {
	const gerard = await become('gerard', { ...phone, script: false });
	await gerard.open('/compte');
	await gerard.fill('Ce que tu fais, en quelques mots', 'Au marché samedi');
	await gerard.press('Enregistrer', gerard.page.locator('form[action="?/status"]').first());
	expect(await gerard.text()).toContain("C'est affiché.");
	await gerard.press('Effacer');
	expect(await gerard.text()).toContain("C'est effacé.");
	expect(await leave(gerard)).toEqual([]);
});

test('what is typed waits for its author, whatever page they open meanwhile', async () => {
	const odile = await become('odile', { ...desktop, script: true });
	await odile.open('/fil/publier');
	await odile.fill('Ton message', 'Une phrase commencée');
	// Kept a third of a second after the last letter; a browser under load may lose what is written as a page goes.
	await odile.until(async () => (await odile.page.evaluate<number>('localStorage.length')) > 0);
	await odile.open('/contacts');
	await odile.open('/fil/publier');
	expect(await odile.field('Ton message').inputValue()).toBe('Une phrase commencée');
	await odile.press('Garder pour plus tard');
	expect(await leave(odile)).toEqual([]);
	const elsewhere = await become('odile', { ...phone, script: false });
	await elsewhere.open('/fil/publier');
	expect(await elsewhere.field('Ton message').inputValue()).toBe('Une phrase commencée');
	await elsewhere.fill('Ton message', '');
	await elsewhere.press('Garder pour plus tard');
	expect(await leave(elsewhere)).toEqual([]);
});

async function publish(person: Person, text: string): Promise<void> {
	await person.open('/fil/publier');
	await person.fill('Ton message', text);
	await person.press(/^Publier/);
}

/** A post reaches the others after its ten seconds: they open its page then. */
async function seePost(person: Person, text: string): Promise<void> {
	await person.until(async () => {
		await person.page.goto(`${person.address}/fil`);
		return (await card(person, text).count()) > 0;
	});
	const address = (await card(person, text).getAttribute('id'))!.slice(2);
	await person.open(`/publications/${address}`);
}

async function openPerson(person: Person, name: string): Promise<void> {
	await person.open(`/recherche?q=${encodeURIComponent(name)}`);
	await person.touch(person.page.locator('main a[href^="/personnes/"]', { hasText: name }).first());
}
