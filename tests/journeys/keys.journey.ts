import { expect, test } from 'vitest';
import { launch } from '#tests/browser.ts';
import { become, leave, mailedTo, type Person, phone, siteAddress, wholeStory } from './person.ts';
import { signIn } from './sign-in.ts';

const isWhole = wholeStory('a passkey');

/** A key within the device, that answers by itself when it knows its person; gives how to hold their finger back. */
async function holdKey({ page }: Person) {
	const device = await page.context().newCDPSession(page);
	await device.send('WebAuthn.enable');
	const { authenticatorId } = await device.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true,
		},
	});
	return (isUserVerified: boolean) =>
		device.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
}

const signOut = async (person: Person) => {
	await person.open('/deconnexion');
	await person.press('Se déconnecter', person.page.locator('main'));
};
const hint = (person: Person) =>
	person.page.locator('[data-passkey] [role="status"], [data-passkey-new] [role="status"]');

test.skipIf(!isWhole)(
	'Lucien adds the key of his telephone, is told by mail, enters with it, and takes it off',
	async () => {
		const lucien = await signIn('lucien', { ...phone, script: true });
		const recognised = await holdKey(lucien);
		await lucien.open('/compte/securite');
		await lucien.press('Ajouter cet appareil');
		expect(await lucien.text()).toContain('Ajoutée à l');
		await mailedTo('lucien@rive.example', /Une clé d.accès a été ajoutée/);

		await lucien.touch(lucien.page.getByRole('button', { name: /Ajouter.cet.appareil/ }), { stays: true });
		await lucien.until(async () => (await lucien.text(hint(lucien))).includes('Cet appareil a déjà sa clé'));

		await signOut(lucien);
		await lucien.open('/connexion');
		await recognised(false);
		const enter = lucien.page.getByRole('button', { name: /Entrer.avec.une.clé/ });
		await lucien.touch(enter, { stays: true });
		await lucien.until(async () => (await lucien.text(hint(lucien))).includes("La clé n'a pas répondu"));
		await recognised(true);
		await lucien.touch(enter);
		expect(lucien.path).toBe('/fil');

		await lucien.open('/compte/securite');
		await lucien.press('Retirer');
		await mailedTo('lucien@rive.example', /Une clé d.accès a été retirée/);
		await signOut(lucien);
		lucien.expects.push(422);
		await lucien.open('/connexion');
		await lucien.touch(enter, { stays: true });
		await lucien.until(async () =>
			(await lucien.text(hint(lucien))).includes("Cette clé n'est pas reconnue ici"),
		);
		expect(await leave(lucien)).toEqual([]);
	},
);

test('Odile leaves a conversation by mistake on a telephone without script, and takes it back', async () => {
	const odile = await become('odile', { ...phone, script: false });
	await odile.open('/messages');
	await odile.follow(/ et /, odile.page.locator('.conversations'));
	const path = odile.path;
	await odile.page.locator('#options > summary').click();
	await odile.unfold('Partir de cette conversation');
	await odile.press('Quitter la conversation');
	expect(await odile.text()).toContain('Tu as quitté la conversation.');
	await odile.press(/Annuler/);
	expect(odile.path).toBe(path);
	expect(await odile.text()).toContain('Te revoilà dans la conversation.');
	expect(await odile.text(odile.page.locator('#fil'))).not.toContain('a quitté');
	expect(await leave(odile)).toEqual([]);
});

test("with the browser's text at 24 pixels on a telephone, the organisation's name is on one line of the header", async () => {
	const large = await launch({ flags: ['--blink-settings=defaultFontSize=24'] });
	const page = await (
		await large.newContext({ viewport: { width: phone.width, height: phone.height } })
	).newPage();
	await page.goto(new URL('/demo', siteAddress()).href);
	await page.locator('button[name="who"][value="odile"]').click();
	await page.waitForURL('**/fil');
	const brand = await page.locator('.app-header .brand').boundingBox();
	expect(brand!.width).toBeGreaterThan(250);
	expect(brand!.height).toBeLessThan(120);
	await large.close();
});
