import { expect, test } from 'vitest';
import { become, leave, type Person, story, ways } from './person.ts';

story();

/** A cell of the table: what comes, and by which way. */
const cell = (person: Person, row: string, channel: string) =>
	person.page.getByLabel(`${row} : ${channel}`, { exact: true }).first();

test.each(ways.slice(0, 2))('Mathis chooses what reaches him, cell by cell, on %s', async (_, way) => {
	const mathis = await become('mathis', way);
	await mathis.open('/avis');
	await mathis.follow('Régler les avis');
	expect(await mathis.text()).toContain('Toujours');
	await cell(mathis, 'Remerciements', 'Par mail').selectOption({ label: 'Une fois par jour' });
	await cell(mathis, 'Demandes et liens', 'Sur le site').selectOption({ label: 'Jamais' });
	await mathis.press('Enregistrer');
	expect(await mathis.text()).toContain("C'est noté.");
	expect(await cell(mathis, 'Remerciements', 'Par mail').inputValue()).toBe('thanks.mail.daily');
	expect(await cell(mathis, 'Demandes et liens', 'Sur le site').inputValue()).toBe('friends.app.none');
	await cell(mathis, 'Demandes et liens', 'Sur le site').selectOption({ label: 'Tout de suite' });
	await mathis.press('Enregistrer');
	expect(await leave(mathis)).toEqual([]);
});

test.each(ways.slice(0, 2))('apart for his own place, and back, on %s', async (_, way) => {
	const mathis = await become('mathis', way);
	await mathis.open('/avis/reglages');
	const apart = mathis.page.locator('details.apart').first();
	if (!(await apart.evaluate((one) => (one as HTMLDetailsElement).open)))
		await mathis.touch(apart.locator('summary'), { stays: true });
	await apart.getByLabel('Remerciements : Par mail').selectOption({ label: 'Jamais' });
	await mathis.press('Enregistrer', apart);
	expect(await mathis.text()).toContain('1 réglage à part');
	await apart.getByLabel('Remerciements : Par mail').selectOption({ label: 'Comme pour le reste' });
	await mathis.press('Enregistrer', apart);
	expect(await mathis.text()).not.toContain('réglage à part');
	expect(await leave(mathis)).toEqual([]);
});

test.each(ways.slice(0, 2))(
	'quiet hours: one alone is refused in words, two are kept, on %s',
	async (_, way) => {
		const mathis = await become('mathis', way);
		mathis.expects.push(422);
		await mathis.open('/avis/reglages');
		const hours = mathis.page.locator('#calme');
		await mathis.fill('De', '22:00', hours);
		await mathis.fill('À', '', hours);
		await mathis.press('Enregistrer', hours);
		expect(await mathis.text()).toContain('Il faut les deux heures, ou aucune.');
		await mathis.fill('De', '22:00', hours);
		await mathis.fill('À', '07:30', hours);
		await mathis.press('Enregistrer', hours);
		expect(await mathis.field('À', hours).inputValue()).toBe('07:30');
		await mathis.fill('De', '', hours);
		await mathis.fill('À', '', hours);
		await mathis.press('Enregistrer', hours);
		expect(await leave(mathis)).toEqual([]);
	},
);

test('without script no telephone is promised what it cannot do; with it, asking is offered', async () => {
	const [plain, scripted] = [await become('odile', ways[0]![1]), await become('odile', ways[1]![1])];
	await plain.open('/avis/reglages');
	expect(await plain.text()).toContain('Le mail fait aussi bien.');
	expect(await plain.page.getByRole('button', { name: 'Prévenir cet appareil' }).isVisible()).toBe(false);
	await scripted.open('/avis/reglages');
	const asks = scripted.page.getByRole('button', { name: 'Prévenir cet appareil' });
	const refused = scripted.page.locator('[data-push-denied]');
	await scripted.until(async () => (await asks.isVisible()) || (await refused.isVisible()));
	expect(await leave(plain, scripted)).toEqual([]);
});
