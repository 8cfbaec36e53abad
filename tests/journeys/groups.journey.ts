import { expect, test } from 'vitest';
import { become, leave, story, ways } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);

test.each(ways.slice(0, 2))(
	'Odile opens a group on request, Mathis asks, is let in, and reads; on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		const name = `Compost des Tanneries ${stamp()}`;
		await odile.open('/groupes');
		await odile.follow('Ouvrir un groupe');
		await odile.fill('Nom du groupe', name);
		await odile.fill('À quoi sert-il', 'Monter et tenir un compost au pied de la barre D.');
		await odile.pick(/Sur demande/);
		await odile.press("Voir s'il existe déjà");
		await odile.press(/^Ouvrir (ce groupe|quand même)/);
		expect(await odile.text()).toContain('Ton groupe est ouvert.');
		const page = new URL(odile.page.url()).pathname.replace('/membres', '');
		await odile.open(`${page}`);
		await odile.follow('Écrire au groupe');
		const text = `Le bac arrive mardi ${stamp()}`;
		await odile.fill('Ton message', text);
		await odile.press(/^Publier/);
		expect(await odile.text()).toContain(text);

		const mathis = await become('mathis', way);
		await mathis.open(page);
		expect(await mathis.text()).toContain('Seuls les membres lisent');
		await mathis.fill('Un mot pour te présenter', 'J’habite au quatrième.');
		await mathis.press('Demander à entrer');
		expect(await mathis.text()).toContain('sans réponse pour');

		await odile.open(`${page}/membres`);
		expect(await odile.text()).toContain('au quatrième');
		await odile.press('Accepter Mathis Lanoëz');
		await mathis.until(async () => {
			await mathis.open(page);
			return (await mathis.text()).includes(text);
		});
		expect(await leave(mathis)).toEqual([]);
		expect(await leave(odile)).toEqual([]);
	},
);

test.each(ways.slice(0, 2))(
	'Mathis follows a subject and finds who works on it elsewhere, on %s',
	async (_, way) => {
		const mathis = await become('mathis', way);
		await mathis.open('/sujets');
		await mathis.press('Suivre le sujet Transports');
		expect(await mathis.text()).toContain('tu suis ce sujet');
		expect(await mathis.text()).toContain('Bus et petites lignes du littoral');
		expect(await mathis.text()).toContain('ailleurs');
		await mathis.open('/sujets');
		await mathis.press('Ne plus suivre le sujet Transports');
		expect(await mathis.text()).toContain('Tu ne suis plus ce sujet');
		expect(await leave(mathis)).toEqual([]);
	},
);

test.each(ways.slice(0, 2))(
	'Odile plans with her group, gives it a link, and Mathis comes in by it; on %s',
	async (_, way) => {
		const odile = await become('odile', way);
		const name = `Vélos de la Brume ${stamp()}`;
		await odile.open('/groupes/nouveau');
		await odile.fill('Nom du groupe', name);
		await odile.fill('À quoi sert-il', 'Réparer des vélos, un samedi sur deux.');
		await odile.pick(/Secret/);
		await odile.press("Voir s'il existe déjà");
		await odile.press(/^Ouvrir (ce groupe|quand même)/);
		const page = new URL(odile.page.url()).pathname.replace('/membres', '');

		await odile.open(page);
		await odile.follow('Créer un événement ici');
		const title = `Atelier freins ${stamp()}`;
		await odile.fill('Titre', title);
		await odile.fill('Jour', '2031-03-08');
		await odile.press(/^Créer/);
		await odile.press(/^Inviter/);
		await odile.open(page);
		expect(await odile.text()).toContain(title);

		await odile.follow('Liens');
		await odile.pick(/Faire entrer tout de suite/);
		await odile.press('Créer le lien');
		const link = await odile.field("L'adresse à donner").inputValue();
		const mathis = await become('mathis', way);
		await mathis.open(new URL(link).pathname);
		expect(await mathis.text()).toContain(name);
		await mathis.press('Entrer dans le groupe');
		expect(await mathis.text()).toContain(title);
		await mathis.follow('Documents');
		expect(await mathis.text()).toContain('Aucun document encore');

		await odile.open(`${page}/liens`);
		expect(await odile.text()).toContain('Mathis Lanoëz');
		await odile.press(/^Retirer/);
		const samuel = await become('samuel', way);
		await samuel.open(new URL(link).pathname);
		expect(await samuel.text()).toContain("Ce lien n'ouvre rien");
		expect(await leave(mathis)).toEqual([]);
		expect(await leave(odile)).toEqual([]);
	},
);
