import { expect, test } from 'vitest';
import { desktop, leave, mailedTo, type Person, phone, someone, story, type Way, ways } from './person.ts';

story();

let arrivals = 0;
const freshEmail = () => `awa.${process.pid}.${++arrivals}@courrier.example`;
const codeMailed = (email: string) => mailedTo(email, /\b(\d{6})\b/);

/** From the first page to the code, typed from the mail. */
async function join(person: Person, email: string, name = 'Awa Ndiaye'): Promise<void> {
	await person.fill('Ton prénom et ton nom', name);
	await person.fill('Ton e-mail', email);
	await person.press('Continuer');
	// The telephone offers the code of the mail by itself: nothing to type.
	await person.field('Le code à six chiffres').fill(await codeMailed(email));
	await person.press('Continuer');
}

/** With the script a suggestion is chosen; without it, the commune is written, and chosen again when several fit. */
async function sayWhere(person: Person, { script }: Way): Promise<void> {
	const field = person.field('Commune ou code postal');
	if (script) {
		await field.pressSequentially('Villeb');
		person.touches++;
		await person.touch(person.page.getByRole('option', { name: /Villebrume/ }).first(), { stays: true });
	} else await person.fill('Commune ou code postal', 'Villebrume');
	await person.press('Chercher');
}

test.each(ways)('finds their section from the home page, on %s', async (_, way) => {
	const person = await someone(way);
	await person.open('/');
	await person.follow('Rejoindre');
	await join(person, freshEmail());
	await sayWhere(person, way);
	expect(await person.text()).toContain('Section de Villebrume');
	await person.pick(/Sympathisant/);
	await person.press("C'est là");
	await person.press('Entrer');
	expect(person.path).toBe('/fil');
	expect(await person.text()).toContain('Trois choses pour bien commencer');
	expect(person.touches).toBeLessThanOrEqual(11);
	expect(await leave(person)).toEqual([]);
});

test('who is invited has nothing to look for: eight touches', async () => {
	const person = await someone({ ...phone, script: false });
	await person.open(`/invitation/${await invitationOfOdile()}`);
	expect(await person.text()).toContain("Odile t'invite");
	await person.follow('Continuer');
	await join(person, freshEmail(), 'Bako Sarvane');
	await person.pick(/Sympathisant/);
	await person.press("C'est là");
	await person.pick('Grand texte');
	await person.press('Entrer');
	expect(await person.page.locator('html').getAttribute('data-text')).toBe('130');
	expect(person.touches).toBe(9);
	expect(await leave(person)).toEqual([]);
});

test('nothing typed is lost after a wrong code, and another one is sent', async () => {
	const person = await someone({ ...desktop, script: true });
	const email = freshEmail();
	await person.open('/bienvenue');
	await person.fill('Ton prénom et ton nom', 'Cosme Lourmel');
	await person.fill('Ton e-mail', email);
	await person.press('Continuer');
	await codeMailed(email);
	person.expects.push(400, 422, 403);
	await person.fill('Le code à six chiffres', '000000');
	await person.press('Continuer');
	expect(await person.text()).toMatch(/Ce n'est pas le bon code\. Il reste/);
	await person.follow('Recevoir un autre code');
	expect(person.path).toBe('/bienvenue');
	expect(await leave(person)).toEqual([]);
});

test('the link of the mail does the same, once', async () => {
	const person = await someone({ ...phone, script: false });
	const email = freshEmail();
	await person.open('/bienvenue');
	await person.fill('Ton prénom et ton nom', 'Dunvael Ambrune');
	await person.fill('Ton e-mail', email);
	await person.press('Continuer');
	const link = new URL(await mailedTo(email, /https?:\/\/\S+cle=\S+/));
	await person.open(link.pathname + link.search);
	await person.press('Oui, entrer');
	expect(person.path).toBe('/bienvenue/section');
	const other = await someone({ ...phone, script: false });
	other.expects.push(400, 403, 404, 422);
	await other.open(link.pathname + link.search);
	await other.press('Oui, entrer');
	expect(await other.text()).toContain('Ce code ne sert plus. Demande un autre code.');
	expect(await leave(person, other)).toEqual([]);
});

test('a mistyped address is questioned, and going back keeps what was said', async () => {
	const person = await someone({ ...phone, script: true });
	await person.open('/bienvenue');
	await person.fill('Ton prénom et ton nom', 'Elvire Tressange');
	await person.fill('Ton e-mail', 'elvire@gmial.com');
	person.expects.push(400, 422);
	await person.press('Continuer');
	expect(await person.text()).toContain('Tu voulais dire elvire@gmail.com ?');
	expect(await person.field('Ton prénom et ton nom').inputValue()).toBe('Elvire Tressange');
	expect(await leave(person)).toEqual([]);
});

/** Odile makes a link and gives its code to somebody. */
async function invitationOfOdile(): Promise<string> {
	const { become } = await import('./person.ts');
	const odile = await become('odile', { ...desktop, script: true });
	await odile.open('/contacts');
	await odile.follow("Inviter quelqu'un");
	await odile.press('Créer un lien');
	const code =
		(await odile.text()).match(/\/invitation\/([\w-]+)/)?.[1] ??
		(await odile.page.content()).match(/\/invitation\/([\w-]+)/)?.[1];
	expect(code).toBeDefined();
	expect(await leave(odile)).toEqual([]);
	return code!;
}
