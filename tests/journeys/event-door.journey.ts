import { expect, test } from 'vitest';
import { announced, comes } from './at-the-door.ts';
import { leave, type Person, phone, story, ways } from './person.ts';

story();

const isOfTheLine = (wrong: string) => /ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch/.test(wrong);
const main = (person: Person) => person.text(person.page.locator('main'));
test.each(ways.slice(0, 2))('an evening from its poster to its report, on %s', async (_, way) => {
	const title = `Réunion ${Date.now()}`;
	const [samuel, path] = await announced(way, title);
	const code = await comes('odile', path, way);
	for (const sheet of ['affiche', 'feuille-de-presence', 'a-appeler']) {
		await samuel.open(`${path}/${sheet}`);
		expect(await main(samuel)).toContain(title);
	}
	await samuel.open(`${path}/accueil`);
	await samuel.touch(samuel.page.getByRole('button', { name: 'Sur place : Odile Fabrègat' }));
	expect(await samuel.text(samuel.page.locator('[data-present]'))).toBe('1');
	await samuel.touch(samuel.page.getByRole('button', { name: /^Annuler l.action : Odile/ }));
	await samuel.fill('Code', code);
	await samuel.touch(samuel.page.locator('form[action="?/code"] button').first());
	expect(await samuel.text()).toContain('Odile Fabrègat');
	await samuel.fill('Combien', '3');
	await samuel.press('Compter');
	expect(await samuel.text(samuel.page.locator('[data-present]'))).toBe('4');
	samuel.expects = [422];
	await samuel.fill('Code', 'AAA-AAA-AAA');
	await samuel.touch(samuel.page.locator('form[action="?/code"] button').first());
	expect(await main(samuel)).toContain('Ce code');
	await samuel.open('/agenda/abonnement');
	await samuel.touch(samuel.page.locator('button[formaction="?/make"]'));
	expect(await samuel.field('Adresse secrète').inputValue()).toMatch(/\/calendrier\/[\w-]{43}\.ics$/);
	await samuel.open('/agenda/pres-de-moi');
	expect(await main(samuel)).toContain(title);
	expect(await leave(samuel)).toEqual([]);
});

test('a hall without network: ticks wait on the phone, are seen, taken back, and leave once', async () => {
	const way = { ...phone, script: true };
	const [samuel, path] = await announced(way, `Salle sans réseau ${Date.now()}`);
	for (const who of ['odile', 'mathis']) await comes(who, path, way);
	const { page } = samuel;
	await samuel.open('/compte/appareil');
	await samuel.until(() => page.locator('input[data-device]').isEnabled());
	await samuel.pick('Garder mes pages sur cet appareil');
	await samuel.until(() => page.evaluate(() => !!navigator.serviceWorker.controller));
	const door = `${path}/accueil`;
	await samuel.open(door);
	await samuel.until(() => page.evaluate(async (asked) => !!(await caches.match(asked)), door));

	const row = (name: string) => page.locator('[data-who]', { hasText: name });
	await page.context().setOffline(true);
	await samuel.touch(row('Odile').getByRole('button').last());
	expect(samuel.path).toBe(door);
	await samuel.until(async () =>
		(await samuel.text(row('Odile'))).includes('part dès que le réseau revient'),
	);
	await samuel.touch(row('Mathis').getByRole('button').last());
	await samuel.until(async () => (await samuel.text(row('Mathis'))).includes('part dès que'));
	// A mistake: taken back without network too.
	await samuel.touch(row('Mathis').getByRole('button').last());
	await samuel.until(async () => !(await samuel.text(row('Mathis'))).includes('part dès que'));

	await page.context().setOffline(false);
	await samuel.until(
		() => page.evaluate(async () => !(await (await caches.open('later')).keys()).length),
		30,
	);
	await samuel.open(door);
	expect(await samuel.text(page.locator('[data-present]'))).toBe('1');
	expect(await samuel.text(row('Odile'))).toContain('Sur place,');
	expect((await leave(samuel)).filter((wrong) => !isOfTheLine(wrong))).toEqual([]);
});
