import { expect, test } from 'vitest';
import { planned, set } from '#domains/events/stage.fixture.ts';
import { feedStage, said, to } from '#domains/feed/stage.fixture.ts';
import { browser } from '#tests/browse.ts';
import { as } from '#tests/stage.ts';

feedStage();

const addressIn = (html: string) =>
	/<input[^>]*id="pass_on"[^>]*>/.exec(html)?.[0].match(/value="([^"]*)"/)?.[1];

test('a post that whoever opens it reads is passed on: its address, a mail, words of one’s own', async () => {
	const odile = await browser('odile');
	for (const [audience, who] of [
		['public', 'Tout le monde peut l’ouvrir, même sans compte.'],
		['network', 'Il faut un compte ici pour l’ouvrir.'],
	] as const) {
		const id = await said(await as('odile'), `Dit à ${audience}`, to(audience));
		const { html, main } = await odile.get(`/publications/${id}`);
		const address = addressIn(html)!;
		expect(new URL(address).pathname).toBe(`/publications/${id}`);
		expect(main).toContain(who);
		const composer = /href="(\/fil\/publier\?texte=[^"]+)"/.exec(html)![1]!;
		expect((await odile.get(composer)).field('text')).toBe(address);
		expect(html).toContain(`body=${encodeURIComponent(address)}`);
	}
});

test('what is said to some is passed on by no button: not from its page, nor among the others', async () => {
	const odile = await browser('odile');
	const id = await said(await as('odile'), 'Entre nous');
	for (const path of [`/publications/${id}`, '/fil'])
		expect((await odile.get(path)).html).not.toContain(`data-share="/publications/${id}"`);
	expect(addressIn((await odile.get(`/publications/${id}`)).html)).toBeUndefined();
	const open = await said(await as('odile'), 'À tout le réseau', to('network'));
	expect((await odile.get('/fil')).html).toContain(`href="/publications/${open}#passer"`);
});

test('an event is passed on by the page that whoever opens it may read; one that is called off is not', async () => {
	const odile = await browser('odile');
	const shared = async (id: string) => {
		const address = addressIn((await odile.get(`/evenements/${id}`)).html);
		return address && new URL(address).pathname;
	};
	const [open, network, unit] = [
		await planned({ visibility: 'public' }),
		await planned({ visibility: 'network' }),
		await planned(),
	];
	expect(await shared(open)).toBe(`/e/${open}`);
	expect(await shared(network)).toBe(`/evenements/${network}`);
	expect(await shared(unit)).toBeUndefined();
	expect((await (await browser('visitor')).get(`/e/${open}`)).status).toBe(200);
	await set(open, 'cancelled_at = now()');
	expect(await shared(open)).toBeUndefined();
});
