import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings, saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

beforeEach(() => scene(sql`delete from platform.bucket`));
const shares = (said: Record<string, string>) => `/partager?${new URLSearchParams(said)}`;

test('what another program shares is written in the composer, each thing once, nothing published', async () => {
	const odile = await browser('odile');
	const posts = () =>
		asSystem('test', (tx) => tx.one<{ n: number }>(sql`select count(*)::int as n from feed.post`));
	const before = await posts();
	const link = 'https://exemple.fr/article';
	const { to } = await odile.get(shares({ titre: 'Un article', texte: link, lien: link }));
	const page = await odile.get(to!);
	expect(page.field('text')).toBe(`Un article\n${link}`);
	expect(await posts()).toEqual(before);
	const markup = await odile.get((await odile.get(shares({ texte: '"><script>alert(1)</script>' }))).to!);
	expect(markup.html).not.toContain('<script>alert');
	expect((await odile.get((await odile.get('/partager')).to!)).field('text')).toBe('');
});

test('shared by somebody signed out, it waits behind the door with its words', async () => {
	const { status, to } = await (await browser('visitor')).get(shares({ texte: 'À lire & à relire' }));
	expect(status).toBe(303);
	const next = new URL(to!, 'http://coopol.test').searchParams.get('next')!;
	expect(new URL(next, 'http://coopol.test').searchParams.get('texte')).toBe('À lire & à relire');
});

test('the page for when nothing answers says so to everybody, and leads to what waits to be sent', async () => {
	for (const name of ['visitor', 'odile', 'thibaud'] as const) {
		const page = await (await browser(name)).get('/sans-reseau');
		expect([name, page.status, page.html.includes('href="/en-attente"')]).toEqual([name, 200, true]);
		expect(page.html).not.toContain('Odile Fabrègat</');
	}
});

test('a telephone installs the house under its own name, opening its feed, and shares into an address that exists', async () => {
	const visitor = await browser('visitor');
	const answer = await visitor.get('/manifest.webmanifest');
	expect(answer.headers.get('content-type')).toContain('application/manifest+json');
	const said = JSON.parse(answer.html);
	expect(said.name).toBe('La Rive commune');
	for (const at of [
		said.start_url,
		said.share_target.action,
		...(said.shortcuts ?? []).map(({ url }: { url: string }) => url),
	]) {
		const found = await (await browser('odile')).get(at);
		expect([at, found.status < 400]).toEqual([at, true]);
	}
	for (const { src } of said.icons) expect([src, (await visitor.get(src)).status]).toEqual([src, 200]);
	await asSystem('test', (tx) =>
		saveSetting(tx, 'organisation', { name: 'Le Quai', colour: '#255d38', language: 'en' }, null),
	);
	forgetSettings();
	const after = JSON.parse((await visitor.get('/manifest.webmanifest')).html);
	expect([after.name, after.lang]).toEqual(['Le Quai', 'en']);
});
