import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { expect, test } from 'vitest';
import type { HouseSettings } from '#platform/house.ts';
import { protect } from '#platform/http/headers.ts';
import { firstSheet, holdSheet } from './first-sheet.ts';

const asked = (headers: Record<string, string>, colour = '#00616c', route = '/(network)/fil') =>
	({
		route: { id: route },
		request: new Request('http://localhost/fil', { headers }),
		url: new URL('http://localhost/fil'),
		locals: { house: { colour } as HouseSettings },
	}) as unknown as RequestEvent;

const head = `<head><title>Fil · $&</title>
<link href="/_app/immutable/assets/_layout.Bx.css" rel="stylesheet"><link rel="stylesheet" href="/theme.css?0">
<link href="/_app/immutable/assets/Other.Cy.css" rel="stylesheet"></head>`;

test('who arrives from elsewhere gets the sheet within the page; who follows our links, and who is no browser, do not', () => {
	for (const site of ['none', 'cross-site', 'same-site'])
		expect([site, firstSheet(asked({ 'sec-fetch-dest': 'document', 'sec-fetch-site': site }))?.css]).toEqual([
			site,
			expect.stringContaining('--font-text'),
		]);
	expect(
		firstSheet(asked({ 'sec-fetch-dest': 'document', 'sec-fetch-site': 'same-origin' })),
	).toBeUndefined();
	expect(firstSheet(asked({ 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'none' }))).toBeUndefined();
	expect(firstSheet(asked({}))).toBeUndefined();
});

test('the policy lets in this text alone, in the colours of the organisation', () => {
	const arriving = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' };
	const [ours, theirs] = [asked(arriving), asked(arriving, '#b3541e')].map(firstSheet);
	expect(theirs!.css).not.toBe(ours!.css);
	const held = holdSheet(head, ours!).match(/<style>([\s\S]*)<\/style>/)![1]!;
	const hash = createHash('sha256').update(held).digest('base64');
	const said = (sheet?: string) =>
		protect(asked({}), new Response(''), sheet)
			.headers.get('content-security-policy')
			?.match(/style-src [^;]*/)?.[0];
	expect(said(ours!.source)).toBe(`style-src 'self' 'sha256-${hash}'`);
	expect(said()).toBe("style-src 'self'");
});

test('nothing waits for the files that the page holds; a sheet that it does not hold is still waited for', () => {
	const held = holdSheet(head, { css: 'p{content:"$&"}', source: '', files: ['_layout'] });
	expect(held).toContain('<title>Fil · $&</title><style>p{content:"$&"}</style>');
	expect(held.match(/<link [^>]*>/g)).toEqual([
		'<link rel="prefetch" as="style" href="/_app/immutable/assets/_layout.Bx.css">',
		'<link rel="prefetch" as="style" href="/theme.css?0">',
		'<link href="/_app/immutable/assets/Other.Cy.css" rel="stylesheet">',
	]);
});

test('pages of the map hold what is theirs too, and no other page does', () => {
	const arriving = { 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' };
	const links =
		'<title></title><link href="/a/_layout.B.css" rel="stylesheet"><link href="/a/map.C.css" rel="stylesheet">';
	const seen = (route: string) => {
		const sheet = firstSheet(asked(arriving, '#00616c', route))!;
		return [sheet.css.includes('.map-list'), holdSheet(links, sheet).match(/rel="\w+"/g)];
	};
	for (const route of ['/(network)/carte', '/(office)/carte/entre-deux-tours/reports'])
		expect([route, ...seen(route)]).toEqual([route, true, ['rel="prefetch"', 'rel="prefetch"']]);
	for (const route of ['/(network)/fil', '/(network)/cartes'])
		expect([route, ...seen(route)]).toEqual([route, false, ['rel="prefetch"', 'rel="stylesheet"']]);
});
