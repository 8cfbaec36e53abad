import { expect, test } from 'vitest';
import { become, leave, mailedTo, someone, story, ways } from './person.ts';

story();

const stamp = () => Math.random().toString(36).slice(2, 8);
const day = new Date(Date.now() + 12 * 86_400_000).toISOString().slice(0, 10);

test.each(ways.slice(0, 2))(
	'Samuel opens a mission to everybody; Lou comes with an address, then gives the place back, on %s',
	async (_, way) => {
		const samuel = await become('samuel', way);
		const title = `Tractage ${stamp()}`;
		await samuel.open('/missions/nouvelle');
		await samuel.pick('Tractage');
		await samuel.fill('Titre', title);
		await samuel.fill('Lieu du rendez-vous', 'Devant la halle');
		await samuel.fill('Jour', day);
		await samuel.fill('De', '09:00');
		await samuel.fill('À', '11:00');
		await samuel.pick('Tout le monde');
		await samuel.press('Publier la mission');
		const path = samuel.path.replace('/missions/', '/m/');

		const lou = await someone(way);
		const email = `lou.${stamp()}@dehors.example`;
		await lou.open(path);
		const said = (meta: string) => lou.page.locator(`meta[${meta}]`).first().getAttribute('content');
		expect(await said('property="og:title"')).toBe(title);
		expect(await said('property="og:description"')).toContain('Devant la halle');
		expect(await said('property="og:url"')).toMatch(new RegExp(`${path}$`));
		expect(await said('itemprop="name"')).toBe(title);
		expect(await lou.text()).not.toContain('Oudraine');
		await lou.fill('Adresse mail', email);
		await lou.fill('Prénom', 'Lou');
		await lou.press('Recevoir mon lien');
		expect(await lou.text()).toContain('Regarde tes mails');
		await lou.open(await mailedTo(email, /\/m\/[\w-]+\/ma-place\?cle=[\w-]+/));
		await lou.press('Je confirme ma venue');
		expect(await lou.text()).toContain('Ta place est prise');

		await samuel.open(path.replace('/m/', '/missions/'));
		expect(await samuel.text()).toMatch(/Lou\s*Sans compte/);
		await lou.press('Je ne viens plus');
		expect(await lou.text()).toContain('Ta place est rendue');
		await samuel.open(samuel.path);
		expect(await samuel.text()).not.toMatch(/Lou\s*Sans compte/);
		expect(await leave(samuel, lou)).toEqual([]);
	},
);
