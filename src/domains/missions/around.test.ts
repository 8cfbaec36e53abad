import { beforeAll, expect, test } from 'vitest';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { create } from './create.ts';
import { enrol } from './enrol.ts';
import { dayIn, officialBy, round } from './missions.fixture.ts';

stage();

let id: string;
beforeAll(async () => {
	id = await officialBy(await as('samuel'), { title: 'Coller aux Tanneries', needed: 1, day: dayIn(2) });
});

test('beside the feed, one open mission that one touch joins; none once it is full', async () => {
	const odile = await browser('odile');
	const home = await odile.get('/fil');
	expect(home.text).toContain('Une mission pour toi');
	expect(home.text).toContain('Coller aux Tanneries');
	expect((await (await browser('ines')).get('/fil')).text).not.toContain('Coller aux Tanneries');
	await enrol(await as('odile'), id);
	expect((await odile.get('/fil')).text).not.toContain('Une mission pour toi');
	expect((await (await browser('mathis')).get('/fil')).text).not.toContain('Une mission pour toi');
});

test('the page of the unit and the search show it to who sees it, and to nobody else', async () => {
	const unit = `/unites/${idOf('villebrume')}`;
	for (const page of [unit, '/recherche?q=coller+tannerie', '/recherche?q=tanneries&dans=missions']) {
		expect((await (await browser('odile')).get(page)).main).toContain('Coller aux Tanneries');
		expect((await (await browser('ines')).get(page)).main).not.toContain('Coller aux Tanneries');
	}
});

test('reported, it is judged and hidden like a post; its author alone still sees it', async () => {
	const own = await create(await as('odile'), round({ title: 'Une idée de trop' }));
	const gerard = await browser('gerard');
	const about = `/securite/signaler?kind=mission&id=${own}`;
	expect((await gerard.get(about)).main).toContain('Signaler la mission d’Odile Fabrègat');
	await gerard.post(`${about}&/report`, { kind: 'mission', id: own, reason: 'spam', note: '' });
	const paulo = await browser('paulo');
	const page = `/moderation/cas/mission/${own}`;
	expect((await paulo.get(page)).main).toContain('Une idée de trop');
	await paulo.post(`${page}?/decide`, { outcome: 'hide', rule: 'spam', note: 'Publicité' });
	expect((await gerard.get(`/missions/${own}`)).status).toBe(404);
	expect((await (await browser('odile')).get(`/missions/${own}`)).main).toContain('La modération a masqué');
	expect((await (await browser('ines')).get(about)).status).toBe(404);
});
