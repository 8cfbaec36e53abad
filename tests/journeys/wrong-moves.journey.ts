import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { become, desktop, leave, phone, someone, story, ways } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const both = ways.slice(0, 2);

test.each(both)('an address that leads nowhere says so, and leads back, on %s', async (_, way) => {
	const person = await someone(way);
	person.expects.push(404);
	await person.open('/nulle/part');
	expect(await person.text()).toContain('Rien à cette adresse');
	await person.follow('Accueil');
	expect(person.path).toBe('/');
	expect(await leave(person)).toEqual([]);
});

test.each(both)("somebody else's message is not to be changed, on %s", async (_, way) => {
	const [odile, mathis] = [await become('odile', way), await become('mathis', way)];
	await odile.open('/fil/publier');
	await odile.fill('Ton message', `Une phrase à moi ${stamp()}`);
	await odile.press(/^Publier/);
	const id = new URL(odile.page.url()).hash.slice(3);
	mathis.expects.push(403, 404);
	await mathis.open(`/publications/${id}/modifier`);
	expect(await mathis.text()).toMatch(/Rien à cette adresse|Réservé à d'autres personnes/);
	expect(await leave(odile, mathis)).toEqual([]);
});

test('the button that publishes has its words, whomever one writes to', async () => {
	const odile = await become('odile', { ...phone, script: false });
	await odile.open('/fil/publier');
	const audience = odile.page.locator('select[name="audience"]');
	const choices = await audience.locator('option').count();
	expect(choices).toBeGreaterThan(8);
	for (let index = 0; index < choices; index++) {
		await audience.selectOption({ index });
		expect(await odile.page.getByRole('button', { name: /^Publier/ }).innerText()).toMatch(/^Publier/);
	}
	expect(await leave(odile)).toEqual([]);
});

test('what is sent twice is done once', async () => {
	const odile = await become('odile', { ...phone, script: false });
	const text = `Envoyé deux fois ${stamp()}`;
	await odile.open('/fil/publier');
	const key = await odile.page.locator('input[name="_key"]').first().inputValue();
	const audience = await odile.page.locator('select[name="audience"]').inputValue();
	const send = () =>
		odile.page.request.post(`${odile.address}/fil/publier?/publish`, {
			headers: { origin: odile.address },
			multipart: { _key: key, text, audience },
		});
	await Promise.all([send(), send(), send()]);
	await odile.open('/fil');
	expect(await odile.page.locator('article.post', { hasText: text }).count()).toBe(1);
	expect(await leave(odile)).toEqual([]);
});

test('a session that ends while one writes: the text is given back, and is there again after signing in', async () => {
	const odile = await become('odile', { ...desktop, script: true });
	odile.expects.push(401);
	const text = `Un long texte ${stamp()}`;
	await odile.open('/fil/publier');
	await odile.fill('Ton message', text);
	await odile.page.context().clearCookies();
	await odile.press(/^Publier/);
	expect(await odile.text()).toContain("Ta session est finie, rien n'est parti");
	expect(await odile.page.content()).toContain(text);
	expect(await odile.page.locator('a[href^="/connexion?next="]').count()).toBeGreaterThan(0);
	await odile.open('/demo');
	await odile.touch(odile.page.locator('button[name="who"][value="odile"]'));
	await odile.open('/fil/publier');
	expect(await odile.field('Ton message').inputValue()).toBe(text);
	await odile.fill('Ton message', '');
	expect(await leave(odile)).toEqual([]);
});

test('a form refused without script: coming back or reloading asks nothing, and what was typed is there', async () => {
	const odile = await become('odile', { ...phone, script: false });
	odile.expects.push(422);
	await odile.open('/mon-profil');
	const form = odile.page.locator('form[action="?/reach"]');
	await odile.fill(/^Téléphone/, '12');
	await odile.press('Enregistrer', form);
	const isThere = async () => {
		expect(odile.path).toBe('/mon-profil');
		expect(await odile.field(/^Téléphone/).inputValue()).toBe('12');
		expect(await odile.text(form)).toMatch(/numéro/i);
	};
	await isThere();
	await odile.page.reload();
	await isThere();
	await odile.open('/agenda');
	await odile.page.goBack();
	await isThere();
	expect(await leave(odile)).toEqual([]);
});

test('a text of a megabyte is refused with a sentence, and kept', async () => {
	const odile = await become('odile', { ...desktop, script: true });
	await odile.open('/fil/publier');
	const field = odile.field('Ton message');
	await field.evaluate((area) => {
		(area as unknown as { maxLength: number; value: string }).maxLength = 2_000_000;
		(area as unknown as { value: string }).value = 'mot '.repeat(250_000);
	});
	odile.expects.push(400, 413, 422);
	await odile.press(/^Publier/);
	expect(await odile.text()).toContain("C'est trop long : 10 000 signes au plus. Ton texte est gardé ici.");
	expect((await field.inputValue()).length).toBe(1_000_000);
	await field.fill('');
	expect(await leave(odile)).toEqual([]);
});

test('on a slow line the page says so after three seconds, and publishes in the end', async () => {
	const odile = await become('odile', { ...phone, script: true });
	const text = `Depuis le bus ${stamp()}`;
	await odile.open('/fil/publier');
	await odile.fill('Ton message', text);
	// A page that waits for its next one cannot be asked anything: it notes what it says.
	await odile.page.evaluate(() => {
		const region = document.querySelector('[data-says]')!;
		const note = () =>
			region.classList.contains('toast') && sessionStorage.setItem('said', region.textContent);
		new MutationObserver(note).observe(region, { childList: true, attributes: true });
	});
	await odile.page.route(/\/fil\/publier\?/, async (route) => {
		await pause(4000);
		await route.continue();
	});
	await odile.press(/^Publier/);
	expect(await odile.page.evaluate(() => sessionStorage.getItem('said'))).toContain('Connexion lente');
	expect(await odile.page.locator('article.post', { hasText: text }).count()).toBe(1);
	expect(await leave(odile)).toEqual([]);
});

test('going back to a form that was refused is a page, not a question of the browser', async () => {
	const odile = await become('odile', { ...phone, script: true });
	odile.expects.push(422);
	await odile.open('/fil/publier');
	await odile.fill('Ton message', ' ');
	await odile.press(/^Publier/);
	await odile.page.reload();
	expect(await odile.text()).toContain('Écris quelques mots');
	await odile.fill('Ton message', `Une idée ${stamp()}`);
	await odile.touch(odile.page.getByRole('link', { name: 'Agenda' }).last());
	await odile.page.goBack();
	expect(odile.path).toBe('/fil/publier');
	expect(await odile.field('Ton message').inputValue()).toContain('Une idée');
	await odile.fill('Ton message', '');
	expect(await leave(odile)).toEqual([]);
});
