import { Secret, TOTP } from 'otpauth';
import { expect } from 'vitest';
import { mailedTo, type Person, someone, type Way } from './person.ts';

/** Enters as any person of the cast, by the code sent to their mailbox. */
export async function signIn(who: string, way: Way): Promise<Person> {
	const person = await someone(way);
	const email = `${who}@rive.example`;
	await person.open('/connexion');
	await person.fill('Ton e-mail', email);
	await person.press('Recevoir un code');
	await person.field('Le code à six chiffres').fill(await mailedTo(email, /\b(\d{6})\b/));
	await person.press('Continuer');
	return person;
}

/** Adds an application of codes on the security page, then leaves the paper codes aside. */
export async function addSecondFactor(person: Person): Promise<void> {
	await person.open('/compte/securite');
	await person.follow('Ajouter une application');
	const secret = (await person.page.locator('code').first().innerText()).replaceAll(/\s/g, '');
	const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
	await person.fill(/Le code de (ton|votre) application/, code);
	await person.press('Confirmer');
	expect(person.path).toBe('/compte/securite/codes');
}
