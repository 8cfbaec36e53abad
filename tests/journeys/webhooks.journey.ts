import { expect, test } from 'vitest';
import { become, leave, story, ways } from './person.ts';

story();

const page = '/administration/webhooks';

test.each(ways.slice(0, 2))(
	'Bertrand has another site told, tries it, changes the secret, removes it and takes that back, on %s',
	async (_, way) => {
		const bertrand = await become('bertrand', way);
		const name = `Panneau ${Math.random().toString(36).slice(2, 8)}`;
		await bertrand.open('/administration');
		await bertrand.follow('Webhooks', bertrand.page.locator('main'));
		expect(bertrand.path).toBe(page);
		await bertrand.fill('Nom', name);
		await bertrand.fill('Adresse', 'https://192.168.1.4/');
		await bertrand.pick('Événement créé');
		bertrand.expects = [422];
		await bertrand.press('Ajouter une adresse');
		expect(await bertrand.text()).toContain('mène à un réseau privé');
		expect(await bertrand.field('Nom').inputValue()).toBe(name);
		await bertrand.fill('Adresse', 'https://panneau.rive.example/coopol');
		await bertrand.press('Ajouter une adresse');
		const secret = await bertrand.field('Secret').inputValue();
		expect(secret).toMatch(/^whsec_/);
		await bertrand.open(page);
		expect(await bertrand.page.content()).not.toContain('whsec_');
		await bertrand.follow(name, bertrand.page.locator('main'));
		await bertrand.press('Envoyer un essai');
		await bertrand.until(async () => {
			await bertrand.page.reload();
			return (await bertrand.text()).includes('Démonstration : rien ne part');
		});
		await bertrand.look();
		await bertrand.press('Changer le secret');
		expect(await bertrand.field('Secret').inputValue()).not.toBe(secret);
		await bertrand.press('Retirer');
		expect(await bertrand.text()).toContain("L'adresse est retirée");
		await bertrand.press("Annuler l'action");
		expect(await bertrand.text()).toContain(name);
		expect(await leave(bertrand)).toEqual([]);
	},
);
