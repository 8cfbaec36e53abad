import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, phone, story, type Way } from './person.ts';

story();

const both: [string, Way][] = [
	['a computer with the script', { ...desktop, script: true }],
	['a telephone without script', { ...phone, script: false }],
];
const stamp = () => Math.random().toString(36).slice(2, 8);

/** Somebody misses a subject, and the web officer puts it on the list. */
async function proposedAndAdded(name: string, way: Way): Promise<[Person, Person]> {
	const odile = await become('odile', way);
	await odile.open('/sujets');
	odile.expects.push(422);
	await odile.fill('Le sujet qui manque', 'Santé');
	await odile.press('Proposer');
	expect(await odile.text()).toContain('La liste a déjà ce sujet : Santé.');
	await odile.fill('Le sujet qui manque', name);
	await odile.fill('Pourquoi, en un mot', 'Trois groupes en parlent.');
	await odile.press('Proposer');
	expect(await odile.text(odile.page.locator('#propositions'))).toContain('En attente de réponse');
	const bertrand = await become('bertrand', way);
	await bertrand.open('/administration');
	await bertrand.touch(bertrand.page.locator('main a[href="/administration/sujets"]'));
	const line = bertrand.page.locator('#propositions li', { hasText: name });
	await bertrand.unfold('Ajouter à la liste', line);
	await bertrand.fill('Nom en anglais', 'Rivers', line);
	await bertrand.press('Ajouter à la liste', line);
	expect(await bertrand.text(bertrand.page.locator('#liste'))).toContain(name);
	return [odile, bertrand];
}

/** Somebody of another region writes about it, to the whole network. */
async function writtenAfar(name: string, words: string, way: Way): Promise<Person> {
	const far = await become('bertrand', way);
	await far.open('/fil/publier');
	await far.fill('Ton message', words);
	await far.page.locator('select[name="subject"]').selectOption({ label: name });
	await far.page.locator('select[name="audience"]').selectOption('network');
	await far.press(/^Publier/);
	return far;
}

test.each(both)('a subject missed, added, written about, met at home from afar, on %s', async (_, way) => {
	const [name, words] = [`Rivières ${stamp()}`, `La source est protégée depuis lundi ${stamp()}.`];
	const [odile, bertrand] = await proposedAndAdded(name, way);
	const far = await writtenAfar(name, words, way);
	const reader = await become('gerard', way);
	await reader.open('/sujets');
	await reader.press(`Suivre le sujet ${name}`);
	await reader.pick(/Voir dans mon fil/);
	await reader.press('Enregistrer');
	const card = reader.page.locator('article.post', { hasText: words });
	await reader.until(async () => {
		await reader.page.goto(`${reader.address}/fil`);
		return (await card.count()) > 0;
	}, 30);
	await reader.look();
	expect(await reader.text(card)).toContain(`Ici parce que tu suis « ${name} »`);
	await reader.press(/^Ne plus l.avoir dans mon fil/, card);
	expect(await card.count()).toBe(0);

	await bertrand.open('/administration/sujets');
	await bertrand.press(`Retirer : ${name}`, bertrand.page.locator('#liste'));
	expect(await bertrand.text(bertrand.page.locator('#retires'))).toContain(name);
	await reader.open('/sujets');
	expect(await reader.text(reader.page.locator('main li', { hasText: name }))).toContain('Retiré');
	await bertrand.press("Annuler l'action");
	await bertrand.follow(name, bertrand.page.locator('#liste'));
	await bertrand.page.locator('select[name="into"]').selectOption({ label: 'Écologie' });
	await bertrand.press('Réunir');
	expect(await bertrand.text()).toContain("Les deux sujets n'en font plus qu'un.");
	await bertrand.look();
	await bertrand.press(`Séparer de nouveau : ${name}`, bertrand.page.locator('#reunis'));
	expect(await bertrand.text()).toContain('Les deux sujets sont de nouveau séparés.');
	expect(await bertrand.text(bertrand.page.locator('#liste'))).toContain(name);
	expect(await leave(odile, bertrand, far, reader)).toEqual([]);
});
