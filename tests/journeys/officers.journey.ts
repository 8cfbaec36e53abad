import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, phone, story, ways } from './person.ts';
import { addSecondFactor, signIn } from './sign-in.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const both = ways.slice(0, 2);

test.each(both)('Samuel welcomes somebody in a minute, on %s', async (_, way) => {
	const samuel = await become('samuel', way);
	await samuel.open('/mes-20-minutes');
	expect(await samuel.text()).toContain("Quelqu'un vient d'arriver");
	await samuel.fill("Ton mot d'accueil", 'On se voit mardi à 19 h, salle des Tanneries.');
	await samuel.press("C'est fait, bienvenue");
	expect(await samuel.text()).toContain("C'est noté. Merci de l'accueil.");
	expect(await leave(samuel)).toEqual([]);
});

test.each(both)(
	'two people write the same page: nothing is overwritten, nothing is lost, on %s',
	async (_, way) => {
		const [first, second] = [await become('samuel', way), await become('samuel', way)];
		await editPage(first);
		await editPage(second);
		const [one, other] = [`Rendez-vous au Gué ${stamp()}.`, `Rendez-vous au marché ${stamp()}.`];
		await first.fill('Pour tout le monde', one);
		await first.press('Enregistrer la page');
		expect(await first.text()).toContain(one);
		second.expects.push(400, 409, 422);
		await second.fill('Pour tout le monde', other);
		await second.press('Enregistrer la page');
		expect(await second.text()).toContain(
			"Quelqu'un a enregistré cette page entre-temps. Ton texte est toujours là",
		);
		expect(await second.text()).toContain(one);
		expect(await second.field('Pour tout le monde').inputValue()).toBe(other);
		await second.press('Enregistrer la page');
		await second.follow('Voir la page publique');
		expect(await second.text()).toContain(other);
		expect(await leave(first, second)).toEqual([]);
	},
);

test.each(both)('Samuel speaks as the section, on %s', async (_, way) => {
	const samuel = await become('samuel', way);
	const text = `La permanence passe au jeudi ${stamp()}.`;
	await samuel.open('/fil/publier');
	await samuel.fill('Ton message', text);
	await samuel.field('Qui parle ?').selectOption({ label: 'Section de Villebrume, par ma voix' });
	await samuel.press(/^Publier/);
	const post = await samuel.text(samuel.page.locator('article.post', { hasText: text }));
	expect(post).toMatch(/^Section de Villebrume\s+Samuel Oudraine/);
	expect(await leave(samuel)).toEqual([]);
});

test('a section without officer: Noémie offers herself, Yamina says yes, and a second factor is asked first', async () => {
	const [noemie, yamina] = [
		await signIn('noemie', { ...phone, script: false }),
		await become('yamina', { ...desktop, script: true }),
	];
	await yamina.open('/responsabilites/sans-responsable');
	await yamina.follow('Section de Castelmauve');
	const bureau = yamina.path;
	await noemie.open(bureau);
	await noemie.fill('Pourquoi toi ?', 'Je tiens déjà le stand.');
	await noemie.press('Me proposer');
	expect(await noemie.text()).toContain('Ta proposition est partie.');
	await yamina.open('/responsabilites');
	expect(await yamina.text()).toContain('Noémie Castagnérac se propose : Section de Castelmauve');
	// Others offer themselves too: the answer is for hers.
	const hers = yamina.page.locator('#offres .stack-4 > div', { hasText: 'Noémie' });
	await yamina.press('Dire oui', hers);
	expect(await yamina.text()).toContain("C'est dit : le lieu a quelqu'un.");
	await yamina.open('/responsabilites/sans-responsable');
	expect(await yamina.text()).not.toContain('Castelmauve');
	await noemie.open('/mes-20-minutes');
	expect(noemie.path).toBe('/compte/verification');
	await noemie.follow('En choisir une');
	expect(await noemie.text()).toContain('Ta responsabilité demande une deuxième preuve.');
	await addSecondFactor(noemie);
	await noemie.open('/mes-20-minutes');
	expect(noemie.path).toBe('/mes-20-minutes');
	expect(await leave(noemie, yamina)).toEqual([]);
});

test.each(both)('Yamina sees what goes quiet in her federation, and where to act, on %s', async (_, way) => {
	const yamina = await become('yamina', way);
	await yamina.open('/responsabilites');
	await yamina.follow('Signes à regarder');
	const signs = await yamina.text();
	for (const sign of [
		'Réponses en retard',
		'Sans responsable',
		'Silencieux depuis deux mois',
		'Une visite, puis plus rien',
	])
		expect(signs).toContain(sign);
	expect(signs).toContain('Dernier mot le');
	const once = yamina.page.locator('#visites');
	await once
		.getByRole('link', { name: /^Voir qui/ })
		.first()
		.click();
	await yamina.look();
	expect(await yamina.text()).toContain('Cette lecture est notée au journal.');
	expect(await leave(yamina)).toEqual([]);
});

test('Fanny hands over to Bertrand in four steps, and no longer acts', async () => {
	const fanny = await signIn('fanny', { ...phone, script: false });
	await addSecondFactor(fanny);
	await fanny.open('/responsabilites');
	await fanny.follow('Passer la main');
	await fanny.fill('Qui prend la suite ?', 'Quém');
	await fanny.press('Chercher ce nom');
	await fanny.pick('Bertrand Quéméraud');
	await fanny.fill("Ce qu'il faut savoir", 'Les clés sont à la mairie.');
	await fanny.press('Proposer la passation');
	const handover = fanny.path;
	const bertrand = await become('bertrand', { ...desktop, script: true });
	await bertrand.open(handover);
	expect(await bertrand.text()).toContain('Les clés sont à la mairie.');
	await bertrand.press('Prendre la suite');
	await fanny.open(handover);
	await fanny.press('Passer la main à Bertrand');
	expect(await fanny.text()).toContain("C'est passé");
	await bertrand.open('/responsabilites');
	expect(await bertrand.text()).toContain('Section de Port-Brumel');
	fanny.expects.push(403, 404);
	await fanny.open(`${handover.split('/bureau')[0]}/modifier`);
	expect(await fanny.page.locator('textarea').count()).toBe(0);
	expect(await leave(fanny, bertrand)).toEqual([]);
});

test.each(both)('Bertrand sees who may do what, and what a change would do, on %s', async (_, way) => {
	const bertrand = await become('bertrand', way);
	await bertrand.open('/administration');
	await bertrand.follow('Qui peut faire quoi');
	await bertrand.fill('Son nom', 'Samuel');
	await bertrand.field("Ce qu'elle peut faire").selectOption({ label: 'modifier la page' });
	await bertrand.press('Expliquer');
	expect(await bertrand.text()).toContain('Samuel Oudraine peut : modifier la page');
	await bertrand.open('/administration/mots');
	await bertrand.pick('De façon soutenue');
	await bertrand.press('Voir avant');
	expect(await bertrand.text()).toMatch(/\bvotre\b/);
	await bertrand.open('/fil');
	expect(await bertrand.text()).not.toMatch(/\bvotre profil\b/);
	expect(await leave(bertrand)).toEqual([]);
});

test.each(both)('each screen of an office opens to its holder, on %s', async (_, way) => {
	for (const [who, pages] of Object.entries(screens)) {
		const officer = await become(who, way);
		for (const page of pages) await officer.open(page);
		expect(await leave(officer)).toEqual([]);
	}
});

const screens = {
	samuel: [
		'/ma-section',
		'/responsabilites',
		'/responsabilites/prets',
		'/recherche?q=a',
		'/membres/importer',
	],
	paulo: ['/moderation', '/securite/bilan'],
	bertrand: [
		'/administration/apparence',
		'/administration/membres',
		'/administration/membres/nouveau',
		'/administration/mots/friend',
		'/administration/niveaux',
		'/administration/organisation',
		'/administration/organisation/connexion',
		'/administration/apps',
		'/membres/importer',
		'/membres/importer/territoire',
		'/compte/jetons',
		'/compte/adresse',
	],
};

async function editPage(person: Person): Promise<void> {
	await person.open('/ma-section');
	await person.follow('Modifier');
}
