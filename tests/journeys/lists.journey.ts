import { createServer } from 'node:net';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { groupTexts } from '#bin/demo/group-texts.ts';
import { become, leave, type Person, story, ways } from './person.ts';
import { type Site, start } from './site.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const freePort = () =>
	new Promise<number>((found) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => found(port));
		});
	});

let site: Site;
let mailPort = 0;
beforeAll(async () => {
	mailPort = await freePort();
	site = await start([], () => ({ COOPOL_MAIL_IN: String(mailPort) }));
}, 300_000);
afterAll(() => site?.stop());

const receives = async (person: Person, on: boolean) => {
	await person.page.getByRole('switch').setChecked(on);
	await person.press('Enregistrer ce choix');
	expect(await person.text()).toContain(on ? 'te sera envoyé par mail' : "ne t'est plus envoyé par mail");
};

// Two who write: what one person may say in so little time is counted by mail too.
test.each([
	[...ways[0]!, 'mathis'],
	[...ways[1]!, 'gerard'],
] as const)(
	'Odile receives by mail what somebody says by mail in their group, then stops; on %s',
	async (_, way, name) => {
		const [odile, writer] = [await become('odile', way, site.address), await become(name, way, site.address)];
		for (const person of [odile, writer]) {
			await person.open('/groupes');
			await person.follow(groupTexts[0]!.name);
			await receives(person, false);
			await receives(person, true);
		}
		const address = await writer.field('Ton adresse pour écrire à ce groupe').inputValue();
		const words = `Le bac est plein ${stamp()}`;
		const group = new URL(writer.page.url()).pathname;
		const transport = nodemailer.createTransport({ host: '127.0.0.1', port: mailPort, ignoreTLS: true });
		await transport.sendMail({
			from: `${name}@rive.example`,
			to: address,
			subject: 'Compost',
			text: `${words}\n\n-- \n${name}`,
		});
		transport.close();
		await writer.until(async () => {
			await writer.open(group);
			return (await writer.text()).includes(words);
		}, 40);
		await odile.until(async () => {
			await odile.open('/dev/mail');
			return (await odile.text()).includes(words);
		}, 60);
		const stop = await odile.page.locator('a[href*="/desabonnement/groupe/"]').first().getAttribute('href');
		await odile.open(new URL(stop!).pathname);
		await odile.press('Arrêter ces mails');
		expect(await odile.text()).toContain("C'est arrêté");
		expect(await leave(odile, writer)).toEqual([]);
	},
);
