import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { saved, sendList, untilSaid } from './lists-brought.ts';
import { leave, type Person, someone, story, ways } from './person.ts';
import { addSecondFactor } from './sign-in.ts';
import { type Site, start } from './site.ts';

story();

const units = [
	'Code;Nom;Type;Code parent;Communes',
	'U1;Union des rivières;Union;;',
	'S1;Syndicat des quais;Syndicats;U1;',
	'S2;Syndicat des ponts;Syndicat;S3;',
	'S3;Syndicat des halages;Syndicat;S2;',
	'S4;=HYPERLINK("x");Syndicat;U1;',
];
const head = 'Civilité;Nom;Prénom;E-mail;Code structure;Numéro;Statut';
const zoe = 'Mme;Ouardène;Zoé;zoe@courrier.example;S1;101;Adhérente';
const remi = 'M.;Lefèvre;Rémi;remi@courrier.example;S1;102;Sympathisant';

describe.each(ways.slice(0, 2))('on %s', (_, way) => {
	let site: Site;
	let founder: Person;
	beforeAll(async () => {
		site = await start(['--new']);
	}, 180_000);
	afterAll(() => site?.stop(), 60_000);

	test('a union is founded in its own words, past a wrong key and a level left half empty', async () => {
		founder = await someone(way, new URL(site.address).origin);
		founder.expects.push(422);
		await foundOwnWords(founder, site.address);
	}, 90_000);
	test(
		'its founder reads where to start, in the words that were chosen',
		() => readWhereToStart(founder),
		90_000,
	);
	test(
		'a structure comes in: a circle corrected in place, a formula left out, the first lines shown before',
		() => bringStructure(founder),
		90_000,
	);
	test(
		'people come in, usual words understood; sent again, only what differs moves; undone, it is as before',
		() => bringPeople(founder),
		120_000,
	);
});

async function foundOwnWords(founder: Person, address: string): Promise<void> {
	await founder.open('/premiers-pas?jeton=devinette');
	expect(await founder.text()).toContain("Cette clé n'est pas la bonne");
	const { pathname, search } = new URL(address);
	await founder.open(pathname + search);
	await founder.fill('Nom de la maison', 'Union des écluses');
	await founder.press('Continuer');
	await name(founder, 0, 'confédération', 'confédérations', 'f');
	await name(founder, 1, 'union', 'unions', 'f');
	await name(founder, 2, 'syndicat', 'syndicats', 'm');
	await name(founder, 3, '', 'sections', 'f');
	await founder.press('Continuer');
	expect(await founder.text()).toContain('Nomme ce niveau, ou vide toute sa ligne.');
	// Its English names are folded, and go with it.
	await founder.page.locator('#many-3').fill('');
	await founder.press('Continuer');
	await founder.pick('Une organisation de travail');
	await founder.pick('De façon soutenue');
	await founder.press('Continuer');
	expect(await founder.text()).not.toContain('un code par e-mail');
	await founder.fill('Votre nom', 'Zélie Montauzet');
	await founder.fill('Votre adresse e-mail', 'zelie@courrier.example');
	await founder.press('Fonder la maison');
	expect(founder.path).toBe('/compte/securite');
}

async function readWhereToStart(founder: Person): Promise<void> {
	await founder.open('/administration');
	expect(founder.path).toBe('/compte/verification');
	await founder.follow('En choisir une');
	await addSecondFactor(founder);
	await founder.open('/fil');
	expect(await founder.text()).toMatch(/Votre syndicat/i);
	await founder.follow('Voir par où commencer');
	expect(founder.path).toBe('/administration');
	const steps = await founder.text(founder.page.locator('#ouvrir'));
	expect(steps).toMatch(/Poser le territoire.*Faire venir la structure.*Faire venir les gens/s);
	await founder.follow('Faire venir la structure', founder.page.locator('#ouvrir'));
	expect(founder.path).toBe('/membres/importer');
}

async function bringStructure(founder: Person): Promise<void> {
	await send(founder, 'La structure', saved('structure.csv', units.join('\r\n')));
	for (const wrong of ['Deux lieux se contiennent', 'Un nom ne ressemble pas à un nom'])
		expect(await founder.text()).toContain(wrong);
	const circle = founder.page.locator('form[action="?/line"]').filter({
		has: founder.page.locator('input[name="line"][value="4"]'),
	});
	await founder.fill('Code parent', 'U1', circle);
	await founder.press('Enregistrer', circle);
	expect(await founder.text()).not.toContain('Deux lieux se contiennent');
	await founder.follow("Voir l'aperçu");
	const first = await founder.text(founder.page.locator('#exemples'));
	expect(first).toMatch(/Syndicat des quais\s+ligne 3 · syndicat · sous Union des rivières · S1/);
	expect(first).not.toContain('HYPERLINK');
	await launch(founder);
	expect(await founder.text()).toContain('Importer une autre liste');
}

async function bringPeople(founder: Person): Promise<void> {
	await send(founder, 'Des personnes', saved('membres.csv', [head, zoe, remi].join('\r\n')), async () => {
		expect(await founder.text()).toContain('on ne demande ni civilité ni situation maritale');
	});
	await founder.follow("Voir l'aperçu");
	expect(await founder.text(founder.page.locator('#exemples'))).toMatch(
		/Zoé Ouardène\s+ligne 2 · syndiqu\S+ ou syndiqu\S+ · Syndicat des quais · 101/,
	);
	await launch(founder);
	await founder.open('/fil');
	expect(await founder.text()).not.toContain('encore vide');
	const moved = remi.replace(';S1;', ';S2;');
	await send(founder, 'Des personnes', saved('membres.csv', [head, zoe, moved].join('\r\n')));
	await founder.follow("Voir l'aperçu");
	const again = await founder.text(founder.page.locator('#exemples'));
	expect(again).toMatch(/Zoé Ouardène.*déjà à jour.*Rémi Lefèvre.*Syndicat des ponts.*à mettre à jour/s);
	await launch(founder);
	await founder.press("Annuler l'import");
	await untilSaid(founder, 'Import annulé');
	await founder.open('/administration/journal');
	expect(await founder.text()).toContain('a annulé un import');
	expect(await leave(founder)).toEqual([]);
}

async function name({ page }: Person, row: number, one: string, many: string, gender: string): Promise<void> {
	await page.locator(`#one-${row}`).fill(one);
	await page.locator(`#many-${row}`).fill(many);
	await page.locator(`#gender-${row}`).selectOption(gender);
}

/** Sends a file, takes the columns as they were recognised, and reads what there is to correct. */
async function send(
	founder: Person,
	kind: string,
	file: ReturnType<typeof saved>,
	look = async () => {},
): Promise<void> {
	await sendList(founder, kind, file, look);
	await founder.until(async () => {
		if (founder.path.endsWith('/corrections')) return true;
		await founder.page.reload();
		return false;
	});
	await founder.look();
}

async function launch(founder: Person): Promise<void> {
	await founder.press(/^Lancer/);
	await untilSaid(founder, 'Import fini');
}
