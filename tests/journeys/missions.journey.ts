import { expect, test } from 'vitest';
import { become, desktop, leave, mailedTo, phone, someone, story } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const ways = [
	['a telephone without script', { ...phone, script: false }],
	['a computer with the script', { ...desktop, script: true }],
] as const;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test.each(ways)(
	'Samuel calls for a mission, Odile comes, leaves and comes again, he sees her and cancels, on %s',
	async (_, way) => {
		const [samuel, odile] = [await become('samuel', way), await become('odile', way)];
		const title = `Boîtage rue Basse ${stamp()}`;
		await samuel.open('/missions');
		await samuel.follow('Proposer une mission');
		await samuel.pick('Tractage');
		await samuel.fill('Titre', title);
		await samuel.fill('Lieu du rendez-vous', '4 rue Basse');
		await samuel.fill('Jour', inDays(1));
		await samuel.fill('De', '18:00');
		await samuel.fill('À', '20:00');
		await samuel.fill('Combien de personnes', '2');
		await samuel.press('Publier la mission');
		expect(await samuel.text()).toContain('La mission est publiée.');
		const page = samuel.path;

		await odile.open('/missions');
		await odile.follow(title);
		await odile.press('Je viens');
		expect(await odile.text()).toContain('Tu es sur la liste. Merci !');
		await odile.press("Annuler l'action");
		expect(await odile.text()).toContain('Ta place est libre.');
		await odile.press('Je viens');
		await odile.open('/mes-actions');
		expect(await odile.text()).toContain(title);

		await samuel.open(page);
		expect(await samuel.text()).toContain('Odile Fabrègat');
		await samuel.follow('Feuille à imprimer');
		expect(await samuel.text()).toContain('Odile Fabrègat');
		await samuel.follow('Revenir à la mission');
		await samuel.follow('Modifier');
		await samuel.fill('Raison', 'La rue est fermée');
		await samuel.press('Annuler la mission');
		await odile.open(page);
		expect(await odile.text()).toContain('Annulée : La rue est fermée');
		await odile.open('/missions?vue=passees');
		expect(await leave(samuel, odile)).toEqual([]);
	},
);

test.each(ways)('stations kept on the map become missions, and figures are read, on %s', async (_, way) => {
	const yamina = await become('yamina', way);
	await yamina.open('/carte/entre-deux-tours');
	await yamina.follow('Bureaux à viser avant le second tour');
	await yamina.follow('En faire des missions');
	expect(await yamina.text()).toMatch(/Des missions pour ces bureaux/);
	await yamina.open('/missions/comptes');
	expect(await yamina.text()).toContain('Section de Villebrume');
	expect(await leave(yamina)).toEqual([]);
});

test.each(ways)(
	'an idea is supported, a petition is signed by a visitor who confirms, on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		await odile.open('/initiatives');
		await odile.follow('Trois vélos pour tracter');
		await odile.press(/Je soutiens|Retirer mon soutien/);
		await odile.open('/petitions');
		await odile.follow('Un bus le dimanche');
		const page = odile.path;
		const lou = await someone(way);
		const email = `lou.${stamp()}@exemple.example`;
		await lou.open(page);
		await lou.fill('Ton nom', 'Lou Passant');
		await lou.fill('Ton adresse e-mail', email);
		await lou.press('Je signe');
		expect(await lou.text()).toContain('Regarde tes mails');
		await lou.open(await mailedTo(email, /\/petitions\/confirmer\/[\w-]+/));
		await lou.press('Confirmer ma signature');
		expect(await lou.text()).toContain('ta signature compte');
		expect(await leave(odile, lou)).toEqual([]);
	},
);
