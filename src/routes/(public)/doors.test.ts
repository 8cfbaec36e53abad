import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { sendWhenMade } from '#platform/mail/queue.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';

stage();

let visitor: Browser;
beforeEach(async () => {
	visitor = await browser('visitor');
});
const setting = async (key: string, value: object | boolean) => {
	await asSystem('test', (tx) =>
		tx.run(sql`update platform.setting set value = ${JSON.stringify(value)}::jsonb where key = ${key}`),
	);
	forgetSettings();
};

describe('what anybody reads', () => {
	test('the first page names the organisation and leads in; who is in is led home', async () => {
		const { html } = await visitor.get('/');
		expect(html).toContain('La Rive commune');
		expect(html).toMatch(/href="\/bienvenue"/);
		expect(html).toMatch(/href="\/connexion"/);
		expect((await (await browser('odile')).get('/')).to).toBe('/fil');
	});

	test('places are found by name, and one that is none is not', async () => {
		expect((await visitor.get('/sections')).status).toBe(200);
		expect((await visitor.get('/sections/section-de-villebrume')).main).toContain('Section de Villebrume');
		expect((await visitor.get('/sections/nulle-part')).status).toBe(404);
	});

	test.each([
		'/desabonnement/cut-in-two',
		`/desabonnement/${idOf('odile')}.feed.forged`,
		`/desabonnement/groupe/${idOf('odile')}.${idOf('villebrume')}.forged`,
		`/e/${idOf('odile')}/ma-place?cle=cut`,
		`/m/${idOf('odile')}/ma-place?cle=cut`,
		'/petitions/confirmer/cut-in-two',
	])('the link of a mail that came cut, or is over, says what to do: %s', async (link) => {
		const { status, html } = await visitor.get(link);
		expect([status, html]).toEqual([404, '404 app.link_over']);
	});

	test('a place tells a visitor who answers for it, and no member', async () => {
		const { text } = await visitor.get('/sections/section-de-villebrume');
		for (const name of ['Odile', 'Mathis', 'Thibaud', 'odile@rive.example'])
			expect([name, text.includes(name)]).toEqual([name, false]);
	});

	test('an invitation that opens nothing says so, and names nobody', async () => {
		const { status, main } = await visitor.get('/invitation/AAAA-BBBB');
		expect(status).toBe(200);
		expect(main).not.toContain('Samuel');
	});

	test('what is kept about people is told before one signs up', async () => {
		const { html } = await visitor.get('/donnees-personnelles');
		expect(html.match(/id="(droits|contact)"/g)).toHaveLength(2);
		// Not the address that letters leave from, which nobody reads.
		expect(html).not.toContain('href="mailto:');
		const [, place] = /href="(\/sections\/[^"]+)#ecrire"/.exec(html)!;
		expect((await visitor.get(place!)).html).toContain('id="ecrire"');
	});
});

describe('the language of the pages', () => {
	test('is the browser’s, then what one chose, and one stays where one was', async () => {
		expect((await visitor.get('/connexion', { 'accept-language': 'en-GB,en' })).main).toContain(
			'Welcome back',
		);
		expect((await visitor.get('/connexion', { 'accept-language': 'de' })).main).toContain('Te revoilà');
		const changed = await visitor.post('/langue', { language: 'en', next: '/connexion' });
		expect([changed.status, changed.to]).toEqual([303, '/connexion']);
		expect((await visitor.get('/connexion', { 'accept-language': 'fr' })).main).toContain('Welcome back');
	});

	test('with an account, it is the account’s: on this device and on the next one', async () => {
		const here = await browser('mathis');
		expect((await here.get('/compte')).main).not.toContain('Your account');
		await here.post('/langue', { language: 'en', next: '/compte' });
		expect((await here.get('/compte')).text).toContain('Your data');
		const elsewhere = await browser('mathis');
		expect((await elsewhere.get('/compte')).text).toContain('Your data');
		await elsewhere.post('/langue', { language: 'fr', next: '/compte' });
		expect((await here.get('/compte')).text).toContain('Tes données');
	});

	test('leads to no other site, and learns no third language', async () => {
		expect((await visitor.post('/langue', { language: 'en', next: 'https://mal.example' })).to).not.toContain(
			'mal.example',
		);
		await visitor.post('/langue', { language: 'tlh', next: '/connexion' });
		expect((await visitor.get('/connexion')).main).not.toContain('undefined');
	});
});

describe('the demonstration', () => {
	afterEach(() => setting('demo', true));

	test('lets one become anybody of the cast, and nobody else', async () => {
		expect((await visitor.get('/demo')).main).toContain('Odile Fabrègat');
		expect((await visitor.post('/demo?/enter', { who: 'odile' })).status).toBe(303);
		expect((await visitor.get('/fil')).status).toBe(200);
		const other = await browser('visitor');
		expect((await other.post('/demo?/enter', { who: 'nobody' })).status).toBeGreaterThanOrEqual(400);
		expect((await other.get('/fil')).to).toContain('/connexion');
	});

	test('shows the mails as they are written; one that is made as it leaves has no words before that', async () => {
		await asSystem('test', (tx) =>
			sendWhenMade(tx, { to: 'odile@rive.example', kind: 'test.hello', job: 'mail.send', from: {} }),
		);
		const page = await visitor.get('/dev/mail');
		expect(page.status).toBe(200);
		expect(page.main).not.toContain('odile@rive.example');
	});

	test('does not exist in a real house: neither its page, nor its key, nor its mails', async () => {
		await setting('demo', false);
		const answers = [
			await visitor.get('/demo'),
			await visitor.post('/demo?/enter', { who: 'odile' }),
			await visitor.get('/dev/mail'),
			await visitor.get('/ui'),
		];
		expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
		expect(visitor.cookies.has('coopol')).toBe(false);
	});
});

describe('the door', () => {
	test('an action nobody declared is no action, and a page that is only read takes no form', async () => {
		const odile = await browser('odile');
		expect((await odile.post('/fil?/destroy', { id: idOf('x') })).status).toBe(404);
		expect((await odile.post('/qui-me-voit', {})).status).toBe(404);
	});

	test('protects every answer: no frame, no foreign script, no shared memory of what is private', async () => {
		for (const path of ['/', '/connexion', '/refused-nowhere', '/fil']) {
			const { headers, to } = await visitor.get(path);
			if (to) continue;
			expect([path, headers.get('content-security-policy')]).toEqual([
				path,
				expect.stringContaining("frame-ancestors 'none'"),
			]);
			expect([path, headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
		}
		const mine = (await (await browser('odile')).get('/fil')).headers;
		expect([mine.get('cache-control'), mine.get('x-robots-tag')]).toEqual(['private, no-store', 'noindex']);
	});

	test('a form heavier than a form is refused before it is read', async () => {
		const odile = await browser('odile');
		const { status, form } = await odile.post('/compte?/status', { text: 'a'.repeat(1_100_000), hours: '4' });
		expect([status, form]).toEqual([422, null]);
	});

	test('a visitor who insists is slowed down, and told when to come back; somebody else is not', async () => {
		const answers: number[] = [];
		for (let n = 0; n < 22; n++) answers.push((await visitor.post('/connexion?/code', { email: '' })).status);
		expect([answers[0], answers.at(-1)]).toEqual([422, 429]);
		const slowed = await visitor.post('/connexion?/code', { email: '' });
		expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(0);
		expect((await (await browser('visitor')).post('/connexion?/code', { email: '' })).status).toBe(422);
	});

	test('a house that is not founded leads everybody to its first steps', async () => {
		const organisation = await asSystem('test', (tx) =>
			tx.one<{ value: object }>(sql`select value from platform.setting where key = 'organisation'`),
		);
		await asSystem('test', (tx) => tx.run(sql`delete from platform.setting where key = 'organisation'`));
		forgetSettings();
		expect((await visitor.get('/connexion')).to).toBe('/premiers-pas');
		expect((await visitor.get('/premiers-pas')).status).toBe(200);
		await asSystem('test', (tx) =>
			tx.run(
				sql`insert into platform.setting (key, value) values ('organisation', ${JSON.stringify(organisation!.value)}::jsonb)`,
			),
		);
		forgetSettings();
		expect((await visitor.get('/premiers-pas')).status).not.toBe(200);
	});
});
