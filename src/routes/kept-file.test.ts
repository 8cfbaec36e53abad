import { beforeEach, describe, expect, test } from 'vitest';
import { opened } from '#domains/groups/groups.fixture.ts';
import { fileOf, head } from '#domains/imports/imports.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, browser } from '#tests/browse.ts';
import { flatPicture } from '#tests/flat-picture.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();
beforeEach(() =>
	scene(
		sql`delete from platform.bucket`,
		sql`delete from platform.unsent`,
		sql`delete from platform.file where holder = 'platform.unsent'`,
	),
);

const picture = (name: string) => flatPicture(name, 80, 80);
const kept = (page: Answer) =>
	[...page.html.matchAll(/name="_kept\[\]"[^>]*value="([^"]+)"/g)].map(([, id]) => id!);
const again = (page: Answer, ids = kept(page)) => ({ _unsent: page.field('_unsent')!, '_kept[]': ids });
const held = (holder: string) =>
	asSystem('test', (tx) => tx.many(sql`select 1 from platform.file where holder = ${holder}`));
/** Whether a page still asks for a file where one waits. */
const insists = ({ html }: Answer, name: string) =>
	/\brequired\b/.test(new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)![0]);

describe('a form with one file, refused for another reason, keeps it', () => {
	test('a photo of oneself, and who was to see it', async () => {
		const odile = await browser('odile');
		const refused = await odile.post('/mon-profil?/photo', {
			photo: await picture('moi.png'),
			description: 'a'.repeat(201),
			audience: 'friends',
		});
		expect([refused.status, kept(refused).length]).toEqual([422, 1]);
		expect(refused.main).toContain('moi.png');
		expect(refused.html).toMatch(/id="photo-audience"[\s\S]*?<option value="friends" selected/);
		expect(refused.html).toMatch(/id="about-audience"[\s\S]*?<option value="unit" selected/);
		const sent = { description: 'Moi', audience: 'friends', ...again(refused) };
		expect((await odile.post('/mon-profil?/photo', sent)).status).toBe(303);
		expect(await held('profiles.photo')).toHaveLength(1);
	});

	test('a logo, when somebody changed the logo meanwhile', async () => {
		const bertrand = await browser('bertrand');
		const page = '/administration/apparence';
		const version = async () => {
			const { html } = await bertrand.get(page);
			const form = html.slice(html.indexOf('?/logo"'));
			return /name="version" value="([^"]*)"/.exec(form)![1]!;
		};
		const refused = await bertrand.post(`${page}?/logo`, {
			logo: await picture('logo.png'),
			version: 'an older one',
		});
		expect([refused.status, kept(refused).length]).toEqual([409, 1]);
		expect([insists(refused, 'logo'), insists(await bertrand.get(page), 'logo')]).toEqual([false, true]);
		const sent = await bertrand.post(`${page}?/logo`, { version: await version(), ...again(refused) });
		expect([sent.status, (await held('admin.logo')).length]).toEqual([303, 1]);
	});

	test('the picture of a group, when its words are missing', async () => {
		const samuel = await browser('samuel');
		const page = `/groupes/${await opened('samuel')}/modifier`;
		const refused = await samuel.post(`${page}?/cover`, {
			cover: await picture('jardin.png'),
			cover_words: '',
		});
		expect([refused.status, kept(refused).length, insists(refused, 'cover')]).toEqual([422, 1, false]);
		const sent = { cover_words: 'Un jardin partagé', ...again(refused) };
		expect((await samuel.post(`${page}?/cover`, sent)).status).toBe(303);
		expect(await held('groups.circle')).toHaveLength(1);
	});

	test('a list to import, when nobody said what it holds; unticked, it is asked again', async () => {
		const bertrand = await browser('bertrand');
		const page = '/membres/importer?/start';
		const file = fileOf(`${head}A1;LANOËZ;Zoé;zoe@rive.example;;\n`, 'liste.csv');
		const refused = await bertrand.post(page, { file, kind: '' });
		expect([refused.status, kept(refused).length]).toEqual([422, 1]);
		const without = await bertrand.post(page, { kind: 'members', ...again(refused, []) });
		expect(without.form!.problems).toEqual(['file imports.file_missing']);
		const next = await bertrand.post(page, { file, kind: '' });
		expect((await bertrand.post(page, { kind: 'members', ...again(next) })).to).toMatch(/\/colonnes$/);
	});
});

test('a file that is itself what is wrong is not offered again', async () => {
	const odile = await browser('odile');
	const refused = await odile.post('/mon-profil?/photo', {
		photo: new File(['%PDF-1.4 no picture'], 'moi.pdf'),
		description: 'Moi',
		audience: 'network',
	});
	expect([refused.status, kept(refused)]).toEqual([422, []]);
	expect(refused.main).not.toContain('moi.pdf');
	const text = new File(['Rien à voir'], 'moi.txt');
	const words = await odile.post('/mon-profil?/photo', { photo: text, description: 'Moi', audience: 'me' });
	expect([words.status, kept(words)]).toEqual([422, []]);
});

test('what waits for one person is nothing to another', async () => {
	const refused = await (await browser('odile')).post('/mon-profil?/photo', {
		photo: await picture('moi.png'),
		description: 'a'.repeat(201),
		audience: 'me',
	});
	const sent = { description: '', audience: 'network', ...again(refused) };
	expect((await (await browser('mathis')).post('/mon-profil?/photo', sent)).status).toBe(404);
	const rows = await asSystem('test', (tx) =>
		tx.many(sql`select 1 from platform.file where owner_id = ${idOf('mathis')}::uuid`),
	);
	expect(rows).toEqual([]);
});
