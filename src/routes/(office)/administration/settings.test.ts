import sharp from 'sharp';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const base = '/administration';
let bertrand: Browser;
beforeAll(async () => {
	bertrand = await browser('bertrand');
});
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`);
	forgetSettings();
});

/** A page, asked once every process heard of the last change. */
const see = (path: string, who = bertrand) => {
	forgetSettings();
	return who.get(path.startsWith('//') ? path.slice(1) : base + path);
};
const versions = async (path: string) =>
	(await see(path)).data.versions as Record<'name' | 'ways' | 'colour' | 'logo', string>;
const picture = async (width: number, height: number) => {
	const bytes = await sharp({ create: { width, height, channels: 3, background: '#7a1fa2' } })
		.png()
		.toBuffer();
	return new File([new Uint8Array(bytes)], 'logo.png', { type: 'image/png' });
};

test('each page of the list says in a line what it is for, and a house with people has nothing left to open', async () => {
	const { html } = await see('');
	const lines = [...html.matchAll(/<li>(?:(?!<\/li>).)*?<a class="body"(?:(?!<\/li>).)*<\/li>/gs)].map(
		([line]) => line,
	);
	const silent = lines.filter((line) => !/<span class="meta">[^<]{12,}\.<\/span>/.test(line));
	expect(lines.length).toBeGreaterThan(9);
	expect(silent).toEqual([]);
	expect(html).not.toContain('id="ouvrir"');
});

test('each office finds the pages of its powers, and every other one is no page', async () => {
	const pages = [
		'',
		'/organisation',
		'/organisation/connexion',
		'/apparence',
		'/mots',
		'/mots/friend',
		'/membres',
		'/membres/nouveau',
		'/niveaux',
		'/apps',
		'/droits',
		'/journal',
	];
	const open = async (name: CastName) => {
		const who = await browser(name);
		const found: string[] = [];
		for (const page of pages) if ((await see(page, who)).status === 200) found.push(page);
		return found;
	};
	expect(await open('bertrand')).toEqual(expect.arrayContaining(pages.filter((page) => page !== '/journal')));
	for (const name of ['odile', 'gerard'] as const) expect([name, await open(name)]).toEqual([name, []]);
	for (const name of ['samuel', 'sabrina', 'paulo'] as const) {
		const found = await open(name);
		const settings = pages.filter((page) => /organisation|apparence|mots|membres/.test(page));
		expect([name, found.filter((page) => settings.includes(page))]).toEqual([name, []]);
	}
}, 20_000);

test('the first page shows what this office opens and nothing that it does not', async () => {
	const mine = await see('');
	for (const link of ['/organisation', '/apparence', '/mots', '/membres', '/niveaux', '/apps'])
		expect([link, mine.html.includes(`href="${base}${link}"`)]).toEqual([link, true]);
	expect(mine.main).toContain('Santé de la maison');
	const yamina = await see('', await browser('yamina'));
	if (yamina.status === 200) {
		expect(yamina.main).not.toContain('Santé de la maison');
		expect(yamina.html).not.toContain(`href="${base}/apparence"`);
	}
	const visitor = await see('', await browser('visitor'));
	expect(visitor.to).toContain('/connexion?next=');
});

test('an officer who has not given their second factor today is asked for it before any setting', async () => {
	const tired = await browser('bertrand', { factor: false });
	for (const page of ['', '/organisation', '/apparence', '/mots', '/membres']) {
		const answer = await see(page, tired);
		expect([page, answer.status === 200]).toEqual([page, false]);
		expect(answer.html).not.toContain('name="version"');
	}
});

test('the name changes everywhere at once; what is no name is said and the old one stays in sight', async () => {
	const { name: version } = await versions('/organisation');
	const long = await bertrand.post(`${base}/organisation?/name`, { name: 'x'.repeat(81), version });
	expect(long.form!.problems).toEqual(['name admin.name_long']);
	expect(long.main).toContain('Aujourd’hui : La Rive commune');
	expect(long.field('name')).toBe('x'.repeat(81));
	const blank = await bertrand.post(`${base}/organisation?/name`, { name: ' \u200b \u202e ', version });
	expect(blank.form!.problems).toEqual(['name admin.name_missing']);
	await bertrand.post(`${base}/organisation?/name`, { name: '<i>La Rive</i> & nous', version });
	const odile = await see('//fil', await browser('odile'));
	expect(odile.text).toContain('<i>La Rive</i> & nous');
	expect(odile.html).not.toContain('<i>La Rive');
	expect((await journal('admin.edit_name')).at(-1)).toMatchObject({
		actor: idOf('bertrand'),
		detail: { name: '<i>La Rive</i> & nous' },
	});
	const { name: next } = await versions('/organisation');
	await bertrand.post(`${base}/organisation?/name`, { name: 'La Rive commune', version: next });
});

test('two officers on one page: the second reads what the first chose, and keeps what they typed', async () => {
	const [mine, hers] = [await versions('/organisation'), await versions('/organisation')];
	await bertrand.post(`${base}/organisation?/name`, { name: 'La Rive une', version: mine.name });
	forgetSettings();
	const late = await bertrand.post(`${base}/organisation?/name`, {
		name: 'La Rive deux',
		version: hers.name,
	});
	expect(late.status).toBe(409);
	expect(late.main).toContain('Quelqu’un a changé ce réglage entre-temps.');
	expect(late.field('name')).toBe('La Rive deux');
	expect(late.main).toContain('Aujourd’hui : La Rive une');
	const ways = await bertrand.post(`${base}/organisation?/ways`, {
		signUp: 'open',
		rhythm: 'weekly',
		version: hers.ways,
	});
	expect(ways.status).toBe(303);
	const again = await bertrand.post(`${base}/organisation?/name`, {
		name: 'La Rive commune',
		version: late.field('version')!,
	});
	expect(again.status).toBe(303);
});

test('people of the file without account are written to once somebody ticked it, and no more once unticked', async () => {
	const choose = async (ticked: object) =>
		bertrand.post(`${base}/organisation?/ways`, {
			signUp: 'open',
			rhythm: 'weekly',
			version: (await versions('/organisation')).ways,
			...ticked,
		});
	const isTicked = async () => /name="before_account"[^>]*checked/.test((await see('/organisation')).html);
	expect(await isTicked()).toBe(false);
	for (const ticked of [true, false]) {
		await choose(ticked ? { before_account: 'on' } : {});
		forgetSettings();
		expect(await isTicked()).toBe(ticked);
	}
});

test('by invitation only: a passer-by is told so at the door, until it opens again', async () => {
	const choose = async (signUp: string) =>
		bertrand.post(`${base}/organisation?/ways`, {
			signUp,
			rhythm: 'weekly',
			version: (await versions('/organisation')).ways,
		});
	const visitor = await browser('visitor');
	const door = async () => {
		forgetSettings();
		return (await visitor.get('/bienvenue')).text;
	};
	const before = await door();
	expect((await choose('members-only')).form!.problems).toEqual(['signUp admin.ways_choose']);
	await choose('invited');
	expect(await door()).not.toBe(before);
	await choose('open');
	expect(await door()).toBe(before);
});

test('a colour is looked at before it is taken, and any colour at all stays readable', async () => {
	const { colour: version } = await versions('/apparence');
	for (const colour of ['#ffff00', '#000', 'FFF', '#7a1fa2']) {
		const shown = await bertrand.post(`${base}/apparence?/preview`, { colour, version });
		expect(shown.main).toContain('Rien n’est encore changé.');
	}
	expect((await see('/apparence')).data.colour).toBe('#00616c');
	for (const colour of ['red', '#12', 'url(https://voleur.example)', '#00616c;}body{display:none']) {
		const wrong = await bertrand.post(`${base}/apparence?/colour`, { colour, version });
		expect([colour, wrong.form!.problems]).toEqual([colour, ['colour admin.colour_shape']]);
		expect(wrong.field('colour')).toBe(colour);
	}
	await bertrand.post(`${base}/apparence?/colour`, { colour: 'FF0', version });
	expect((await see('/apparence')).data.colour).toBe('#ffff00');
	const theme = await see('//theme.css', await browser('visitor'));
	expect(theme.status).toBe(200);
	expect(await see('//theme.svg', await browser('visitor'))).toMatchObject({ status: 200 });
});

test('a logo is shown at once to everybody; what is no picture, or too much of one, is said at its field', async () => {
	const send = async (logo: File | string) =>
		bertrand.post(`${base}/apparence?/logo`, { logo, version: (await versions('/apparence')).logo });
	const wrong: [File | string, string][] = [
		[new File([], ''), 'admin.logo_missing'],
		['logo.png', 'admin.logo_missing'],
		[new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'logo.svg'), 'admin.logo_unknown_kind'],
		[new File(['%PDF-1.7'], 'logo.png', { type: 'image/png' }), 'admin.logo_broken'],
		[await picture(8_000, 5_001), 'admin.logo_too_many_pixels'],
	];
	for (const [logo, key] of wrong) {
		const answer = await send(logo);
		expect(answer.form!.problems).toEqual([`logo ${key}`]);
		expect(answer.main).not.toContain(key);
	}
	expect((await see('/apparence')).main).toContain('Pas de logo');
	await send(await picture(600, 200));
	const page = await see('/apparence');
	const [atTheTop, inTheCard] = [...page.html.matchAll(/<img[^>]+src="(\/logo\?[^"]+)"/g)].map(
		([, address]) => address!,
	);
	expect(inTheCard).toBe(atTheTop);
	const shown = await (await browser('visitor')).get(inTheCard!);
	expect(shown.headers.get('content-type')).toBe('image/webp');
	await bertrand.post(`${base}/apparence?/removeLogo`, { version: (await versions('/apparence')).logo });
	expect((await see('/apparence')).main).toContain('Pas de logo');
	expect((await (await browser('visitor')).get('/logo')).status).toBe(404);
}, 20_000);

const service = {
	issuer: 'https://id.rive.example',
	clientId: 'coopol',
	client_password: 'secret-que-personne-ne-lit',
	label: 'Compte de la Rive',
};

test('a sign-in service is set with a fresh second factor; its secret is never read back, even to who wrote it', async () => {
	const at = `${base}/organisation/connexion`;
	const version = (await bertrand.get(at)).field('version')!;
	const wrong = await bertrand.post(`${at}?/save`, {
		...service,
		issuer: 'http://id.rive.example',
		label: '',
		version,
	});
	expect(wrong.form!.problems.toSorted()).toEqual([
		'issuer admin.oidc_issuer',
		'label admin.oidc_label_missing',
	]);
	expect(wrong.html).not.toContain(service.client_password);
	expect(wrong.field('clientId')).toBe('coopol');
	const none = await bertrand.post(`${at}?/save`, { ...service, client_password: '', version });
	expect(none.form!.problems).toEqual(['client_password admin.oidc_secret_missing']);
	expect((await bertrand.post(`${at}?/save`, { ...service, version })).to).toBe(`${base}/organisation`);
	const shown = await bertrand.get(at);
	expect(shown.field('issuer')).toBe(service.issuer);
	expect(shown.html).not.toContain(service.client_password);
	expect((await see('/organisation')).main).toContain('Compte de la Rive');
	expect((await (await browser('visitor')).get('/connexion')).text).toContain('Compte de la Rive');
	const stale = await bertrand.post(`${at}?/remove`, { version });
	expect(stale.status).toBe(409);
	await scene(
		sql`update people.session set factor_at = now() - interval '11 minutes' where person_id = ${idOf('bertrand')}`,
	);
	const late = await bertrand.post(`${at}?/remove`, { version: shown.field('version')! });
	expect(late.to).toMatch(/^\/compte\/verification\?next=/);
	expect(
		await asSystem('test', (tx) =>
			tx.one(sql`select value is not null as set from platform.setting where key = 'oidc'`),
		),
	).toEqual({ set: true });
	bertrand = await browser('bertrand');
	await bertrand.post(`${at}?/remove`, { version: shown.field('version')! });
	expect((await (await browser('visitor')).get('/connexion')).text).not.toContain('Compte de la Rive');
});

test('nobody without that office changes anything by sending the forms themselves', async () => {
	const { name, ways } = await versions('/organisation');
	const { colour, logo } = await versions('/apparence');
	const picked = await picture(10, 10);
	const why = await refused(['platform.setting', 'people.membership_type', 'platform.file'], async () => {
		for (const person of ['odile', 'samuel', 'yamina', 'sabrina', 'thibaud'] as const) {
			const who = await browser(person);
			const tries = [
				who.post(`${base}/organisation?/name`, { name: cast[person].name, version: name }),
				who.post(`${base}/organisation?/ways`, { signUp: 'invited', rhythm: 'asap', version: ways }),
				who.post(`${base}/apparence?/preview`, { colour: '#000', version: colour }),
				who.post(`${base}/apparence?/colour`, { colour: '#000', version: colour }),
				who.post(`${base}/apparence?/logo`, { logo: picked, version: logo }),
				who.post(`${base}/apparence?/removeLogo`, { version: logo }),
				who.post(`${base}/organisation/connexion?/save`, { ...service, version: '' }),
				who.post(`${base}/membres?/state`, { id: idOf('x'), state: 'retired' }),
			];
			const statuses = (await Promise.all(tries)).map(({ status }) => status);
			expect([person, statuses]).toEqual([person, tries.map(() => 404)]);
		}
	});
	expect(why).toBe('done');
});
