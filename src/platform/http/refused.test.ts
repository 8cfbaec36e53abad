import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';
import { keepUnsent, unsentOf } from './unsent.ts';

stage();
let odile: Browser;
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`, sql`delete from platform.unsent`);
	odile = await browser('odile');
});

/** As a browser sends a form by itself, without script. */
const navigation = { 'sec-fetch-mode': 'navigate' };
const tooLong = `Je couds des banderoles. ${'a'.repeat(2000)}`;
const send = (who: Browser, about: string, path = '/mon-profil?/about') =>
	who.post(path, { about, audience: 'friends' }, navigation);
const typed = ({ html }: Answer) => /<textarea[^>]*name="about"[^>]*>\n?([^<]*)</.exec(html)![1];
const rows = () =>
	asSystem('test', (tx) => tx.many<{ sealed: string }>(sql`select sealed from platform.unsent order by id`));

test('a refused form answers at an address of its own: read again, it is the same, and nothing is asked', async () => {
	const { status, to } = await send(odile, tooLong);
	expect([status, to]).toEqual([303, expect.stringMatching(/^\/mon-profil\?\/about&refus=[0-9a-f-]{36}$/)]);
	for (const page of [await odile.get(to!), await odile.get(to!)]) {
		expect([page.status, page.form!.problems]).toEqual([422, ['about profiles.too_long']]);
		expect(typed(page)).toBe(tooLong);
	}
	expect(typed(await odile.get('/mon-profil'))).toBe('');
	expect((await send(odile, 'Je couds des banderoles.', to!)).to).toBe('/mon-profil');
	expect(typed(await odile.get('/mon-profil'))).toBe('Je couds des banderoles.');
	expect((await odile.get(to!)).status).toBe(422);
});

test('what the page was filtered by stays in its address', async () => {
	const { to } = await send(odile, tooLong, '/mon-profil?vue=%C3%A9t%C3%A9&/about');
	expect(to).toMatch(/^\/mon-profil\?vue=%C3%A9t%C3%A9&\/about&refus=/);
	expect((await odile.get(to!)).status).toBe(422);
	const twice = (await send(odile, tooLong, to!)).to!;
	expect(twice.match(/refus=/g)).toHaveLength(1);
});

test('nobody else reads it there; under another form, or a day later, the page is a page', async () => {
	const { to } = await send(odile, tooLong);
	const samuel = await (await browser('samuel')).get(to!);
	expect([samuel.status, samuel.html.includes('banderoles')]).toEqual([200, false]);
	expect((await (await browser('visitor')).get(to!)).to).toMatch(/^\/connexion/);
	for (const other of [to!.replace('?/about', '?/reach'), to!.replace('?/about', '?/removePhoto')])
		expect((await odile.get(other)).status).toBe(200);
	await scene(sql`update platform.unsent set kept_at = now() - interval '25 hours'`);
	expect((await odile.get(to!)).status).toBe(200);
});

test('reading it does nothing: what is refused for now is not done later by an address', async () => {
	await send(odile, 'Je couds des banderoles.');
	const { to } = await send(odile, tooLong);
	await scene(sql`delete from profiles.field where person_id = ${idOf('odile')}::uuid and kind = 'about'`);
	await odile.get(to!);
	expect(typed(await odile.get('/mon-profil'))).toBe('');
});

test('sealed in the database for its person, without the password; a program is answered at once', async () => {
	await send(odile, tooLong);
	const [row] = await rows();
	expect(Buffer.from(row!.sealed, 'base64').toString('latin1')).not.toContain('banderoles');
	expect((await odile.post('/mon-profil?/about', { about: tooLong, audience: 'me' })).status).toBe(422);
	expect(await rows()).toHaveLength(1);
	const secret = { password: 'soleil', current_password: 'hunter2 hunter2' };
	const wrong = await (await browser('samuel')).post('/compte/securite?/password', secret, navigation);
	expect([wrong.status, wrong.to]).toEqual([303, expect.stringContaining('refus=')]);
	const held = await (await browser('samuel')).get(wrong.to!);
	expect([held.status, /hunter2|soleil/.test(held.html)]).toEqual([422, false]);
});

test('a text too long to wait is answered at once, and stays in its page', async () => {
	const refused = await send(odile, 'b'.repeat(300_001));
	expect([refused.status, typed(refused)!.length, await rows()]).toEqual([422, 300_001, []]);
});

test('tries that are refused push out neither one another beyond five, nor a form that waits to be sent', async () => {
	const waits = (await keepUnsent(idOf('odile'), '/fil/publier?/publish', [['text', 'À dire demain']]))!;
	const first = (await send(odile, tooLong)).to!;
	for (let n = 0; n < 5; n++) await send(odile, tooLong);
	expect(await rows()).toHaveLength(6);
	expect((await odile.get(first)).status).toBe(200);
	expect((await odile.get(`/reprendre/${waits}`)).main).toContain('À dire demain');
	const last = (await send(odile, tooLong)).to!.split('refus=')[1]!;
	expect((await odile.get(`/reprendre/${last}`)).status).toBe(404);
	await expect(unsentOf({ id: idOf('odile') } as never, last)).rejects.toThrow();
});

test('a file that came with it waits in that page', async () => {
	const plan = new File(['Le plan'], 'plan.txt', { type: 'text/plain' });
	const { to } = await odile.post(
		'/messages/nouveau?/start',
		{ 'to[]': [idOf('samuel')], text: 'a'.repeat(10_001), 'files[]': [plan] },
		navigation,
	);
	const page = await odile.get(to!);
	expect(page.main).toContain('plan.txt');
	expect(page.html).toMatch(/name="_kept\[\]"/);
});
