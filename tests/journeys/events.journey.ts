import { expect, test } from 'vitest';
import { become, leave, story, ways } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const [tomorrow, day] = [inDays(1), inDays(12)];

test.each(ways)(
	'Samuel plans a meeting and invites his people; Odile says she comes, on %s',
	async (_, way) => {
		const samuel = await become('samuel', way);
		const title = `Réunion ${stamp()}`;
		await samuel.open('/evenements/nouveau');
		await samuel.fill('Titre', title);
		await samuel.fill('Jour', day);
		await samuel.fill('Lieu', 'Salle des fêtes');
		await samuel.press("Créer l'événement");
		expect(await samuel.text()).toContain("L'événement est créé.");
		await samuel.press(/^Inviter \d+ personnes/);
		expect(await samuel.text()).toContain("L'invitation est partie.");
		const page = new URL(samuel.page.url()).pathname;
		expect(await leave(samuel)).toEqual([]);

		const odile = await become('odile', way);
		await odile.open('/agenda');
		expect(await odile.text()).toContain(title);
		await odile.open(page);
		await odile.press('Je viens');
		expect(await odile.text()).toContain('Une personne vient');
		expect(await leave(odile)).toEqual([]);
	},
);

test.each(ways)('the home asks Odile first, and she answers in one touch, on %s', async (_, way) => {
	const samuel = await become('samuel', way);
	const title = `Demain soir ${stamp()}`;
	await samuel.open('/evenements/nouveau');
	await samuel.fill('Titre', title);
	await samuel.fill('Jour', tomorrow);
	await samuel.press("Créer l'événement");
	expect(await leave(samuel)).toEqual([]);

	const odile = await become('odile', way);
	await odile.open('/fil');
	const question = odile.page.locator('#question');
	expect(await question.innerText()).toContain(title);
	await odile.touch(question.getByRole('button', { name: 'Je viens' }));
	expect(odile.path).toBe('/fil');
	expect(await question.innerText()).toContain(title);
	expect(await question.locator('[aria-pressed="true"]').innerText()).toContain('Je viens');
	await odile.touch(question.getByRole('button', { name: 'Non' }));
	expect(await odile.text()).toContain("C'est noté, tu ne viens pas.");
	await odile.open('/fil');
	expect(await odile.text()).not.toContain(title);
	expect(await leave(odile)).toEqual([]);
});
