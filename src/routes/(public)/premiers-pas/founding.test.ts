import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyHouse } from '#domains/admin/admin.fixture.ts';
import { at, founder, identity, key, levels, manner } from '#domains/admin/founding.fixture.ts';
import { asSystem } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Browser, browser } from '#tests/browse.ts';
import { stage } from '#tests/stage.ts';
import { journal } from '#tests/traces.ts';

stage();

let who: Browser;

beforeEach(async () => {
	vi.stubEnv('COOPOL_SETUP_TOKEN', key);
	vi.stubEnv('COOPOL_SMTP', 'smtp://localhost:1');
	await emptyHouse();
	who = await browser('visitor');
});
afterEach(() => vi.unstubAllEnvs());

const see = (path = at, reader = who) => {
	forgetSettings();
	return reader.get(path);
};
const post = (action: string, fields: Record<string, string | string[]>, sender = who) => {
	forgetSettings();
	return sender.post(`${at}?/${action}`, fields);
};
const count = async (table: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ n: number }>(sql`select count(*)::int as n from ${sql.raw(table)}`),
	))!.n;
async function answerAll() {
	await see(`${at}?jeton=${key}`);
	await post('name', identity);
	await post('levels', levels);
	await post('words', manner);
}
/** The code as it was mailed; one round of work writes the mail and does not send it. */
async function mailedCode(email: string): Promise<string> {
	await drainJobs(1);
	const mail = await asSystem('test', (tx) =>
		tx.one<{ subject: string }>(
			sql`select message ->> 'subject' as subject from platform.mail where recipient = ${email}`,
		),
	);
	return /\d{3} ?\d{3}/.exec(mail!.subject)![0];
}
/** Types the code that was mailed to this address; gives where that leads. */
async function proved(email: string): Promise<string | null> {
	const code = await mailedCode(email);
	forgetSettings();
	return (await who.post('/connexion/code?next=/compte/securite', { code })).to;
}

test('an empty house leads everybody to its first pages, which ask for the console’s key and tell nothing else', async () => {
	expect((await see('/')).to).toBe(at);
	expect((await see('/connexion')).to).toBe(at);
	const door = await see();
	expect(door.main).toContain('Clé affichée dans la console');
	expect(door.html).not.toContain(key);
	for (const jeton of ['', 'devinette', `${key}x`, 'x'.repeat(201)]) {
		const answer = await post('key', { jeton });
		expect([jeton.length, answer.form!.problems]).toEqual([jeton.length, ['jeton admin.found_key_wrong']]);
	}
	expect(who.cookies.has('setup')).toBe(false);
	expect((await see(`${at}?etape=personne`)).main).toContain('Clé affichée dans la console');
});

test('the key opens from the address or typed, is kept out of the address, and other browsers have none', async () => {
	expect((await see(`${at}?jeton=${key}`)).to).toBe(at);
	expect((await see()).main).toContain('Quatre étapes.');
	const other = await browser('visitor');
	expect((await see(at, other)).main).toContain('Clé affichée dans la console');
	expect((await post('key', { jeton: ` ${key} ` }, other)).to).toBe(at);
	expect((await see(at, other)).main).toContain('Nom de la maison');
});

test('a link whose key is not the right one says so at the field, instead of asking as if nothing had come', async () => {
	const opened = await see(`${at}?jeton=${key.slice(1)}`);
	expect(opened.main).toContain('Cette clé n’est pas la bonne. Recopie celle de la console.');
	expect((await see()).main).not.toContain('n’est pas la bonne');
	expect(who.cookies.has('setup')).toBe(false);
});

test('a level that is renamed or emptied takes the names folded beside it along', async () => {
	await see(`${at}?jeton=${key}`);
	await post('name', identity);
	const shown = await see(`${at}?etape=niveaux`);
	const written = (form: string) =>
		[...shown.html.matchAll(new RegExp(`<input[^>]*id="${form}-\\d"[^>]*>`, 'g'))].map(
			([input]) => /\svalue="([^"]*)"/.exec(input)?.[1] ?? '',
		);
	const sent = {
		'one[]': ['confédération', 'union', 'syndicat', '', ''],
		'many[]': ['confédérations', 'régions', 'syndicats', '', ''],
		'gender[]': levels['gender[]'],
		'en_one[]': written('en_one'),
		'en_many[]': written('en_many'),
	};
	// What one does not see is still sent: the English names of the usual levels.
	expect(sent['en_one[]']).toContain('region');
	const unseen = await post('levels', { ...sent, 'many[]': ['', '', '', 'sections', ''] });
	expect(unseen.form!.problems).toEqual(['one-3 admin.found_level_missing']);
	expect((await post('levels', sent)).to).toBe(`${at}?etape=mots`);
	const kept = (await see(`${at}?etape=niveaux`)).data.draft as { levels: Record<string, string>[] };
	expect(kept.levels.map((level) => [level.many, level.en_one, level.en_many])).toEqual([
		['confédérations', 'confédération', 'confédérations'],
		['unions', 'union', 'unions'],
		['syndicats', 'syndicat', 'syndicats'],
	]);
	const again = { 'one[]': ['confédération', 'alliance', 'syndicat'], 'gender[]': ['f', 'f', 'm'] };
	const [first, , last] = kept.levels;
	await post('levels', {
		...again,
		'many[]': [first!.many!, 'alliances', last!.many!],
		'en_one[]': ['confederation', 'union', 'local'],
		'en_many[]': ['', 'unions', 'locals'],
	});
	const renamed = (await see(`${at}?etape=niveaux`)).data.draft as typeof kept;
	expect(renamed.levels.map((level) => level.en_one)).toEqual(['confederation', 'alliance', 'local']);
});

test('four steps, one after the other: none is skipped, each can be gone back to with what was answered', async () => {
	await see(`${at}?jeton=${key}`);
	for (const step of ['niveaux', 'mots', 'personne', 'nothing'])
		expect([step, (await see(`${at}?etape=${step}`)).data.step]).toEqual([step, 'nom']);
	expect((await post('name', identity)).to).toBe(`${at}?etape=niveaux`);
	expect((await see(`${at}?etape=niveaux`)).field('one[]')).not.toBe('');
	expect((await post('levels', levels)).to).toBe(`${at}?etape=mots`);
	expect((await post('words', manner)).to).toBe(`${at}?etape=personne`);
	const back = await see(`${at}?etape=nom`);
	expect(back.field('name')).toBe('Syndicat du Val');
	expect(back.main).toContain('Fait :');
	const typed = await see(`${at}?etape=niveaux`);
	const names = [...typed.html.matchAll(/<input[^>]*id="one-\d"[^>]*>/g)].map(
		([input]) => /\svalue="([^"]*)"/.exec(input)?.[1] ?? '',
	);
	expect(names).toEqual(['confédération', 'union', 'syndicat', '', '']);
	expect(await count('people.person')).toBe(0);
});

test('what cannot be a name, a colour or levels is said at its field, with all that was typed', async () => {
	await see(`${at}?jeton=${key}`);
	const blank = await post('name', { name: ' ', colour: 'violet', language: 'de' });
	expect(blank.form!.problems.toSorted()).toEqual([
		'colour admin.colour_shape',
		'language admin.voice_choose',
		'name admin.name_missing',
	]);
	expect(blank.field('colour')).toBe('violet');
	await post('name', identity);
	const tries: [Partial<typeof levels>, string[]][] = [
		[
			{ 'one[]': ['seul', '', '', '', ''], 'en_one[]': ['', '', '', '', ''] },
			['one-0 admin.found_levels_two'],
		],
		[{ 'one[]': ['Union', 'x', 'union', '', ''] }, ['one-2 admin.found_level_twice']],
		[
			{ 'one[]': ['a', 'b', '', '', ''], 'many[]': ['', '', 'syndicats', '', ''] },
			['one-2 admin.found_level_missing'],
		],
		[{ 'one[]': ['{unit_one}', 'b', '', '', ''] }, ['one.0 admin.found_word_signs']],
		[{ 'one[]': ['x'.repeat(61), 'b', '', '', ''] }, ['one.0 admin.found_word_long']],
		[{ 'gender[]': ['f', 'x', 'm', 'f', 'f'] }, ['gender.1 app.invalid_value']],
	];
	for (const [change, problems] of tries) {
		const answer = await post('levels', { ...levels, ...change });
		expect(answer.form!.problems).toEqual(problems);
		expect(answer.main).not.toMatch(/admin\.found_/);
		expect(answer.field('one[]')).toBe((change['one[]'] ?? levels['one[]'])[0]);
	}
	expect((await see(`${at}?etape=mots`)).data.step).toBe('niveaux');
});

test('founded, its founder proves their address and has the keys; the pages are gone for everybody', async () => {
	await answerAll();
	const done = await post('found', founder);
	expect(done.to).toBe('/connexion/code?next=/compte/securite');
	expect(await proved(founder.email)).toBe('/compte/securite');
	expect((await see('/compte/securite')).status).toBe(200);
	expect((await see(at)).status).toBe(404);
	const other = await browser('visitor');
	await see(`${at}?jeton=${key}`, other);
	expect((await see(at, other)).status).toBe(404);
	expect((await post('key', { jeton: key }, other)).status).toBe(404);
	expect((await post('name', identity)).status).toBe(404);
	const welcome = await see('/connexion', other);
	expect(welcome.text).toContain('Syndicat du Val');
	expect(welcome.text).not.toMatch(/\b(ton|ta|tes)\b/);
	expect((await journal('admin.found')).length).toBe(1);
	expect(await count('territory.unit')).toBe(1);
	expect(await count('territory.term')).toBe(1);
});

test('an address that looks mistyped is asked about once; sent again, or corrected, it is taken', async () => {
	await answerAll();
	const asked = await post('found', { ...founder, email: 'berengere@gmial.com' });
	expect(asked.form!.problems).toEqual(['email people.email_suggested']);
	expect(asked.main).toContain('berengere@gmail.com');
	expect(await count('people.person')).toBe(0);
	const corrected = await post('found', {
		...founder,
		email: 'berengere@gmial.com',
		fix: 'berengere@gmail.com',
	});
	expect(corrected.to).toContain('/connexion/code');
	expect(await mailedCode('berengere@gmail.com')).toMatch(/\d/);
});

test('the code never came: with the key, the address is corrected; without it, nobody hears who founded', async () => {
	await answerAll();
	await post('found', { ...founder, email: 'mauvaise@maison.example' });
	const waiting = await see();
	expect(waiting.main).toContain('La maison est fondée. Il reste à prouver votre adresse.');
	expect(waiting.field('email')).toBe('mauvaise@maison.example');
	const other = await browser('visitor');
	const stranger = await see(at, other);
	expect([stranger.status, stranger.html.includes('mauvaise')]).toEqual([404, false]);
	expect((await post('again', { email: 'voleuse@maison.example' }, other)).status).toBe(404);
	expect((await post('again', { email: 'pas une adresse' })).form!.problems[0]).toMatch(/^email /);
	expect((await post('again', { email: 'bonne@maison.example' })).to).toContain('/connexion/code');
	expect(await proved('bonne@maison.example')).toBe('/compte/securite');
	expect((await see()).status).toBe(404);
});

test('two windows found at once: one house, one founder, and the other is told the pages are gone', async () => {
	await answerAll();
	const second = await browser('visitor');
	await see(`${at}?jeton=${key}`, second);
	const both = await Promise.all([
		post('found', founder),
		post('found', { name: 'Une Autre', email: 'autre@maison.example' }, second),
	]);
	expect(both.map(({ status }) => status).toSorted()).toEqual([303, 404]);
	expect([await count('people.person'), await count('territory.unit')]).toEqual([1, 1]);
});

test('where no mail leaves, the console’s key lets in until a second factor is set', async () => {
	vi.stubEnv('COOPOL_SMTP', '');
	await answerAll();
	const done = await post('found', founder);
	expect(done.to).toBe('/compte/securite');
	expect((await see('/compte/securite')).status).toBe(200);
	const later = await browser('visitor');
	await see(`${at}?jeton=${key}`, later);
	expect((await see(at, later)).main).not.toContain('Corrigez-la');
	expect((await post('again', { email: founder.email }, later)).to).toBe('/compte/securite');
	await asSystem('test', (tx) =>
		tx.run(
			sql`insert into people.secret (person_id, totp_sealed, totp_confirmed_at) select id, 'x', now() from people.person`,
		),
	);
	const last = await browser('visitor');
	await see(`${at}?jeton=${key}`, last);
	expect((await see(at, last)).status).toBe(404);
});

test('found before the steps are answered, with somebody in the base, or with no name: nothing is laid', async () => {
	await see(`${at}?jeton=${key}`);
	const early = await post('found', founder);
	expect(early.status).toBe(409);
	expect(early.main).toContain('Il manque une étape.');
	await answerAll();
	const nameless = await post('found', { ...founder, name: ' ' });
	expect(nameless.form!.problems[0]).toMatch(/^name people\.name_problem/);
	await asSystem('test', (tx) =>
		tx.run(sql`insert into people.person (id, name, folded_name) values (gen_random_uuid(), 'Déjà', 'deja')`),
	);
	const occupied = await post('found', founder);
	expect(occupied.main).toContain('Cette base contient déjà une organisation. Rien n’est changé.');
	expect([await count('territory.unit_kind'), await count('people.membership_type')]).toEqual([0, 0]);
});
