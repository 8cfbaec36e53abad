import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { groupWith, mails, tell } from '#domains/feed/list/list.fixture.ts';
import { feedStage } from '#domains/feed/stage.fixture.ts';
import { giveConsent } from '#domains/people/people.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

feedStage();
beforeEach(() => scene(sql`delete from platform.bucket`));

let odile: Browser;
let mathis: Browser;
let tidiane: Browser;
beforeAll(async () => {
	[odile, mathis, tidiane] = [await browser('odile'), await browser('mathis'), await browser('tidiane')];
});
const her = `/personnes/${idOf('odile')}`;

describe('what somebody agreed to show is gone for the very next page, once they take it back', () => {
	test('being read on the page of a subject, by name and with what one brings', async () => {
		const { slug } = (await asSystem('test', (tx) =>
			tx.one<{ slug: string }>(
				sql`select slug from groups.subject where retired_at is null order by position limit 1`,
			),
		))!;
		const page = `/sujets/${slug}`;
		const brings = 'Un fourgon le samedi';
		const reads = async (who: Browser) => {
			const { main } = await who.get(page);
			return [main.includes('Odile Fabrègat'), main.includes(brings)];
		};
		expect((await tidiane.get(her)).status).toBe(404);
		await odile.post(`${page}?/follow`, { brings, shown: 'on' });
		expect(await reads(tidiane)).toEqual([true, true]);
		expect((await tidiane.get(her)).status).toBe(200);
		await odile.post(`${page}?/follow`, { brings });
		expect(await reads(tidiane)).toEqual([false, false]);
		expect((await tidiane.get(her)).status).toBe(404);
		expect((await tidiane.get('/recherche?q=Fabrègat')).main).not.toContain('Odile Fabrègat');
		// What she brings stays hers, to be shown again.
		expect((await odile.get(page)).html).toContain(brings);
		await odile.post(`${page}?/follow`, { brings, shown: 'on' });
		await odile.post('/sujets?/unfollow', { subject: slug });
		expect(await reads(tidiane)).toEqual([false, false]);
	});

	test('a line of a profile, and a number: shown to the section, then to oneself', async () => {
		const shows = (audience: string) =>
			odile.post('/mon-profil?/about', { about: 'Infirmière de nuit', audience });
		const tells = (phone_audience: string) =>
			odile.post('/mon-profil?/reach', {
				...{ phone: '06 39 98 12 34', phone_audience, email_audience: 'me', unit_audience: 'me' },
			});
		expect([(await shows('unit')).status, (await tells('unit')).status]).toEqual([303, 303]);
		expect((await mathis.get(her)).main).toContain('Infirmière de nuit');
		const opens = async () => (await mathis.post(`${her}?/open`, { what: 'phone', reason: '' })).status;
		expect(await opens()).toBeLessThan(400);
		await shows('me');
		await tells('me');
		expect((await mathis.get(her)).main).not.toContain('Infirmière de nuit');
		expect(await opens()).toBe(403);
		expect((await odile.get('/mon-profil')).html).toContain('Infirmière de nuit');
	});
});

describe('what somebody agreed to receive stops', () => {
	test('the mails of a group: not one more', async () => {
		const group = await groupWith('closed', 'mathis', 'tidiane');
		const choose = (ticked: boolean) =>
			mathis.post(`/groupes/${group}?/byMail`, ticked ? { mails: 'on' } : {});
		expect((await choose(true)).status).toBe(303);
		await tell('odile', group, 'Qui vient samedi ?');
		expect((await mails()).map(({ to }) => to)).toEqual(['mathis']);
		await choose(false);
		await tell('odile', group, 'Et dimanche ?');
		expect(await mails()).toEqual([]);
	});
});

describe('a consent on the page of one’s data', () => {
	test('is withdrawn in one gesture, says since when, and a second time that there was nothing to withdraw', async () => {
		await giveConsent(await as('odile'), 'public_profile', '2026-11', 'settings');
		expect((await odile.get('/compte/donnees')).main).toContain('donné le');
		const done = await odile.through('/compte/donnees?/withdraw', { purpose: 'public_profile' });
		expect(done.text).toContain('Ton accord est retiré');
		expect(done.main).toMatch(/retiré le/);
		const again = await odile.post('/compte/donnees?/withdraw', { purpose: 'public_profile' });
		expect([again.status, again.form?.problems]).toEqual([409, [' privacy.not_given']]);
		expect((await mathis.post('/compte/donnees?/withdraw', { purpose: 'public_profile' })).status).toBe(409);
	});
});
