import { expect, test } from 'vitest';
import { saved, sendList, untilSaid } from './lists-brought.ts';
import { desktop, leave, newSiteAddress, type Person, phone, someone, story } from './person.ts';
import { addSecondFactor } from './sign-in.ts';

story();

const units = [
	'Code;Nom;Type;Code parent;Communes',
	'N;Union des rives;Bureau;;',
	'F1;Groupe du Nord;Groupe;N;',
	'C1;Cercle de Lille;Cercle;F1;Lille',
	'C2;Cercle d’Arras;Cercle;F1;Arras',
].join('\r\n');

const members = [
	'Civilité;Nom;Prénom;E-mail;Code structure;Numéro',
	'Mme;Ouardène;Zoé;zoe@courrier.example;C1;101',
	'M.;Lefebvre;Rémi;remi@courrier.example;C1;102',
	'Mme;Taïeb;Maëlle;maelle@courrier.example;C2;103',
].join('\r\n');

test('an organisation is founded, takes its words and its colour, then its units and members; an import is undone', async () => {
	const founder = await someone({ ...desktop, script: true }, new URL(newSiteAddress()).origin);
	await found(founder);
	await addSecondFactor(founder);
	await setWords(founder);
	await bring(founder, 'La structure', saved('structure.csv', units));
	expect(await founder.text()).toContain('Import fini');
	await bring(founder, 'Des personnes', saved('membres.csv', members), async () => {
		expect(await founder.text()).toContain('on ne demande ni civilité ni situation maritale');
		expect(await founder.text()).toContain('accents Windows');
	});
	const followed = founder.path;
	await founder.open('/recherche?q=Cercle de Lille');
	await founder.follow('Cercle de Lille', founder.page.locator('main'));
	// Who runs the site counts members: names are for the officers of the place.
	const place = founder.path;
	expect(await founder.text()).toMatch(/^2 \S+ et /m);
	expect(await founder.page.getByRole('link', { name: 'Qui est là' }).count()).toBe(0);
	await founder.open(followed);
	await undo(founder);
	await founder.open(place);
	expect(await founder.text()).toMatch(/^0 \S+ ou /m);
	expect(await leave(founder)).toEqual([]);
});

async function found(founder: Person): Promise<void> {
	const { pathname, search } = new URL(newSiteAddress());
	await founder.open(pathname + search);
	await founder.fill('Nom de la maison', 'Union des rives');
	await founder.press('Continuer');
	await nameLevels(founder, [
		['bureau', 'bureaux', 'm'],
		['groupe', 'groupes', 'm'],
		['cercle', 'cercles', 'm'],
	]);
	await founder.press('Continuer');
	await founder.press('Continuer');
	await founder.fill('Ton nom', 'Zélie Montauzet');
	await founder.fill('Ton adresse e-mail', 'zelie@courrier.example');
	await founder.press('Fonder la maison');
	expect(founder.path).toBe('/compte/securite');
	expect(await founder.text()).toContain('La maison est fondée.');
}

async function nameLevels({ page }: Person, levels: [string, string, string][]): Promise<void> {
	for (const [row] of (await page.locator('input[name="one[]"]').all()).entries()) {
		const [one = '', many = '', gender = 'f'] = levels[row] ?? [];
		await page.locator(`#one-${row}`).fill(one);
		await page.locator(`#many-${row}`).fill(many);
		await page.locator(`#gender-${row}`).selectOption(gender);
		for (const [id, value] of [
			['en_one', one],
			['en_many', many],
		] as const)
			await page
				.locator(`#${id}-${row}`)
				.evaluate((input, v) => ((input as unknown as { value: string }).value = v), value);
	}
}

async function setWords(founder: Person): Promise<void> {
	await founder.open('/administration/mots');
	await founder.pick('De façon soutenue');
	await founder.press('Enregistrer');
	expect(await founder.text()).toMatch(/\bvos\b|\bvotre\b/);
	await founder.open('/administration/mots/friend');
	const before = await founder.field('Un (au masculin)').inputValue();
	expect(before).not.toBe('');
	await founder.fill('Une (au féminin)', 'rameuse');
	await founder.fill('Plusieurs (au féminin)', 'rameuses');
	await founder.fill('Un (au masculin)', 'rameur');
	await founder.fill('Plusieurs (au masculin)', 'rameurs');
	await founder.press('Enregistrer');
	await founder.open('/administration/apparence');
	await founder.fill('Couleur de la maison', '#b3541e');
	await founder.press('Prendre cette couleur');
	await founder.open('/contacts');
	expect(await founder.text()).toMatch(/rameurs/i);
	expect((await founder.text()).toLowerCase()).not.toContain(before.toLowerCase());
	expect(await founder.page.locator('link[href^="/theme.css"]').getAttribute('href')).toContain('b3541e');
}

async function bring(
	founder: Person,
	kind: string,
	file: ReturnType<typeof saved>,
	look = async () => {},
): Promise<void> {
	await sendList(founder, kind, file, look);
	const launch = founder.page.getByRole('button', { name: /^Lancer/ });
	await founder.until(async () => {
		if (await launch.count()) return true;
		const preview = founder.page
			.getByRole('link', { name: 'Voir l’aperçu' })
			.or(founder.page.getByRole('button', { name: 'Voir l’aperçu' }));
		if (await preview.count()) await preview.first().click();
		else await founder.page.reload();
		return false;
	});
	await founder.look();
	await founder.touch(launch);
	await untilSaid(founder, 'Import fini');
}

async function undo(founder: Person): Promise<void> {
	await founder.press("Annuler l'import");
	await untilSaid(founder, 'Import annulé');
}

test('a telephone finds the same first page, with nothing too wide', async () => {
	const visitor = await someone({ ...phone, script: false }, new URL(newSiteAddress()).origin);
	await visitor.open('/');
	expect(await leave(visitor)).toEqual([]);
});
