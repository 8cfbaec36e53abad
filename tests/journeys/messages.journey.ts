import { expect, test } from 'vitest';
import { become, desktop, leave, type Person, phone, story } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);

/** Writes to somebody found by name, choosing them as this browser can. */
async function writesTo(who: Person, name: string, text: string): Promise<void> {
	await who.open('/messages/nouveau');
	if (who.way.script) {
		await who.field("Trouver quelqu'un").pressSequentially(name.slice(0, 8));
		await who.touch(who.page.getByRole('option', { name }), { stays: true });
		await who.press('Chercher', who.page.locator('#to'));
	} else {
		await who.fill("Trouver quelqu'un", name);
		await who.press('Chercher', who.page.locator('#to'));
		await who.follow(`Choisir ${name}`);
	}
	await who.fill('Ton message', text);
	await who.press('Envoyer');
}

test('two people write to one another, and each sees at once what the other did', async () => {
	const [mathis, gerard] = [
		await become('mathis', { ...desktop, script: true }),
		await become('gerard', { ...phone, script: true }),
	];
	const [first, answer] = [`Tu as la clé ${stamp()} ?`, `Oui, jusqu'à ce soir ${stamp()}.`];
	await writesTo(mathis, 'Gérard Valmorin', first);
	expect(await mathis.text()).toContain(first);
	const conversation = mathis.path;
	await gerard.open('/messages');
	expect(await gerard.text()).toContain(first);
	await gerard.follow('Mathis Lanoëz', gerard.page.locator('main'));
	// Mathis has not touched his page: he sees that it was read, then the answer.
	await mathis.until(async () => (await mathis.text(mathis.page.locator('#fil'))).includes('Lu'));
	await gerard.fill('Ton message', answer, gerard.page.locator('#ecrire'));
	await gerard.press('Envoyer');
	await mathis.until(async () => (await mathis.text(mathis.page.locator('#fil'))).includes(answer));
	await gerard.open('/fil');
	await mathis.fill('Ton message', `Merci ${stamp()}`, mathis.page.locator('#ecrire'));
	await mathis.press('Envoyer');
	const badge = gerard.page.locator('[data-live-badge="messages"]').last();
	await gerard.until(() => badge.isVisible());
	expect(mathis.path).toBe(conversation);
	expect(await leave(mathis, gerard)).toEqual([]);
});

test('on a telephone without script: found, written, corrected, removed, with what one is told of who can read', async () => {
	const odile = await become('odile', { ...phone, script: false });
	const text = `On se retrouve à la gare ${stamp()}`;
	await writesTo(odile, 'Gérard Valmorin', text);
	expect(await odile.text()).toContain('ne sont pas chiffrés de bout en bout');
	const bubble = odile.page.locator('.message.mine').last();
	await odile.unfold('Corriger', bubble);
	await odile.fill('Ton message corrigé', `${text} à midi`, bubble);
	await odile.press('Enregistrer', bubble);
	expect(await odile.text()).toContain(`${text} à midi`);
	const again = odile.page.locator('.message.mine').last();
	await again.locator('summary.more').click();
	await odile.press('Retirer', again);
	expect(await odile.text()).toContain('Odile Fabrègat a retiré un message');
	expect(await odile.text()).not.toContain('à midi');
	await odile.open('/messages');
	expect(await leave(odile)).toEqual([]);
});
