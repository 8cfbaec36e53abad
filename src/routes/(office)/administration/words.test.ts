import { beforeAll, beforeEach, expect, test } from 'vitest';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { lexicons } from '#platform/wording/index.ts';
import { type Answer, type Browser, browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { stage } from '#tests/stage.ts';
import { journal, refused, scene } from '#tests/traces.ts';

stage();

const words = '/administration/mots';
const types = '/administration/membres';
/** What friends are called before anybody chooses. */
const ready = new RegExp(`${lexicons.coopol.friend!.fr.one_m}|${lexicons.coopol.friend!.fr.one_f}`, 'i');
let bertrand: Browser;
let odile: Browser;
beforeAll(async () => {
	[bertrand, odile] = [await browser('bertrand'), await browser('odile')];
});
beforeEach(async () => {
	await scene(sql`delete from platform.bucket`);
	forgetSettings();
});

/** A page, asked once every process heard of the last change. */
const see = (path: string, who = bertrand) => {
	forgetSettings();
	return who.get(path);
};
const post = (path: string, fields: Record<string, string> = {}, who = bertrand) => {
	forgetSettings();
	return who.post(path, fields);
};
const versions = async () => (await see(words)).data.versions as { voice: string; words: string };

const neighbour = {
	gender: 'n',
	one_f: 'voisine',
	many_f: 'voisines',
	one_m: 'voisin',
	many_m: 'voisins',
	one_n: '',
	many_n: '',
	en_one: 'neighbour',
	en_many: 'neighbours',
};
const save = async (entry: string, typed: Record<string, string>, action = 'save') =>
	post(`${words}/${entry}?/${action}`, { ...typed, version: (await versions()).words });

test('a word of the house is heard in true sentences before it is kept, and nothing changes meanwhile', async () => {
	const heard = await save('friend', neighbour, 'preview');
	expect(heard.main).toContain('Voilà ce que la maison dira');
	expect(heard.main).toMatch(/voisins et voisines/i);
	expect(heard.main).toContain('neighbours');
	expect(heard.field('one_f')).toBe('voisine');
	expect((await see('/contacts', odile)).text).not.toMatch(/voisin/i);
});

test('kept, it is said on every page, in every turn and in English; taken back, the ready word returns', async () => {
	expect((await save('friend', neighbour)).to).toBe(words);
	const contacts = await see('/contacts', odile);
	expect(contacts.text).toMatch(/voisins et voisines/i);
	expect(contacts.text).not.toMatch(ready);
	const list = await see(words);
	expect(list.main).toContain('à vous');
	await odile.post('/langue', { language: 'en', next: '/contacts' });
	expect((await see('/contacts', odile)).text).toMatch(/neighbours/i);
	await odile.post('/langue', { language: 'fr', next: '/contacts' });
	await post(`${words}/friend?/reset`, { version: (await versions()).words });
	expect((await see('/contacts', odile)).text).toMatch(ready);
	expect((await journal('admin.edit_word')).at(-1)).toMatchObject({
		actor: idOf('bertrand'),
		detail: { entry: 'friend', one_m: 'voisin' },
	});
});

test('every form of every noun: what is missing or no word is said at its own field, with what was typed', async () => {
	for (const field of ['one_f', 'many_f', 'one_m', 'many_m']) {
		const answer = await save('member', { ...neighbour, [field]: ' ' });
		expect([field, answer.form!.problems]).toEqual([field, [`${field} territory.kind_word_missing`]]);
		expect(answer.field(field === 'one_f' ? 'one_m' : 'one_f')).toBe(
			field === 'one_f' ? 'voisin' : 'voisine',
		);
	}
	for (const [field, bad] of [
		['one_f', '{member_one}'],
		['many_m', '<script>alert(1)</script>'],
		['en_one', 'a\u202eb'],
		['one_dot', '{x}'],
	] as const) {
		const answer = await save('member', { ...neighbour, [field]: bad });
		expect([field, answer.status, answer.form!.problems]).toEqual([
			field,
			422,
			[`${field} territory.kind_word_signs`],
		]);
		expect(answer.html).not.toContain('<script>alert(1)');
	}
	const long = await save('member', { ...neighbour, many_f: 'x'.repeat(61) });
	expect(long.form!.problems).toEqual(['many_f territory.kind_word_too_long']);
	const half = await save('member', { ...neighbour, one_dot: 'voisin·e' });
	expect(half.form!.problems).toEqual(['many_dot admin.words_dot_both']);
	const feminine = await save('member', { ...neighbour, gender: 'f', one_m: '', many_m: '' });
	expect(feminine.to).toBe(words);
	await post(`${words}/member?/reset`, { version: (await versions()).words });
});

test('the rare forms are heard: an aspirated h, another article, a middle dot of one’s own', async () => {
	const typed = { ...neighbour, gender: 'm', one_m: 'hérisson', many_m: 'hérissons', one_f: '', many_f: '' };
	const aspirate = await save(
		'volunteer',
		{ ...typed, aspirate: 'yes', en_one: 'hour', an: 'yes' },
		'preview',
	);
	expect(aspirate.main).toContain('le hérisson');
	expect(aspirate.main).toContain('an hour');
	const mute = await save('volunteer', { ...typed, aspirate: 'no', en_one: 'hour', an: 'no' }, 'preview');
	expect(mute.main).toContain('l’hérisson');
	expect(mute.main).toContain('a hour');
});

test('a word that is no noun of the house is no page', async () => {
	for (const entry of ['nothing', 'constructor', '__proto__', 'toString'])
		expect([entry, (await see(`${words}/${entry}`)).status]).toEqual([entry, 404]);
	const { words: version } = await versions();
	expect((await post(`${words}/constructor?/save`, { ...neighbour, version })).status).toBe(404);
	expect((await post(`${words}/constructor?/reset`, { version })).status).toBe(404);
});

test('two officers write two words at once: the second is told, and has their own still in the form', async () => {
	const { words: version } = await versions();
	await post(`${words}/friend?/save`, { ...neighbour, version });
	const late = await post(`${words}/comrade?/save`, { ...neighbour, one_m: 'complice', version });
	expect(late.status).toBe(409);
	expect(late.main).toContain('Quelqu’un a changé ce réglage entre-temps.');
	expect(late.field('one_m')).toBe('complice');
	const kept = await post(`${words}/comrade?/save`, {
		...neighbour,
		one_m: 'complice',
		version: late.field('version')!,
	});
	expect(kept.to).toBe(words);
	expect((await see(`${words}/friend`)).field('one_m')).toBe('voisin');
	expect((await see(`${words}/comrade`)).field('one_m')).toBe('complice');
});

test('another ready lexicon keeps the words written here, or drops them, as asked', async () => {
	await save('friend', neighbour);
	const looked = await post(`${words}?/previewBase`, {
		base: 'union',
		own: 'keep',
		version: (await versions()).words,
	});
	expect(looked.main).toContain('Rien n’est encore changé.');
	expect((await see(words)).data.base).toBe('coopol');
	const [, card = ''] = (await see(words)).html.split('id="lexique"');
	expect([...card.matchAll(/href="(\/administration\/[a-z]+)"/g)].map(([, href]) => href)).toEqual([
		types,
		'/administration/niveaux',
	]);
	const bad = await post(`${words}?/base`, {
		base: '../coopol',
		own: 'keep',
		version: (await versions()).words,
	});
	expect(bad.form!.problems).toEqual(['base admin.words_choose']);
	await post(`${words}?/base`, { base: 'association', own: 'keep', version: (await versions()).words });
	expect((await see('/contacts', odile)).text).toMatch(/voisins/i);
	await post(`${words}?/base`, { base: 'coopol', own: 'drop', version: (await versions()).words });
	expect((await see('/contacts', odile)).text).toMatch(ready);
	expect((await see(words)).main).not.toContain('à vous');
});

test('the whole house says vous, with the middle dot, or in English, from the next page on', async () => {
	const speak = async (voice: Record<string, string>, action = 'voice') =>
		post(`${words}?/${action}`, {
			address: 'tu',
			inclusive: 'epicene',
			language: 'fr',
			...voice,
			version: (await versions()).voice,
		});
	const publish = async (): Promise<Answer> => see('/contacts', odile);
	const before = (await publish()).main;
	const heard = await speak({ address: 'vous' }, 'previewVoice');
	expect(heard.main).toMatch(/vous|votre/);
	expect((await publish()).main).toBe(before);
	await speak({ address: 'vous' });
	const polite = (await see('/nulle-part', odile)).status;
	expect(polite).toBe(404);
	expect((await see('/compte', odile)).main).not.toMatch(/\b(tu|ton|tes|toi)\b/i);
	await speak({ inclusive: 'middot' });
	expect((await see('/contacts', odile)).html).toMatch(/·/);
	await speak({ language: 'en' });
	const visitor = await browser('visitor');
	expect((await see('/connexion', visitor)).text).toMatch(/sign in|Sign in/);
	await speak({});
	expect((await publish()).main).toBe(before);
	const none = await speak({ address: 'toi', inclusive: 'none', language: 'de' });
	expect(none.form!.problems.toSorted()).toEqual([
		'address admin.voice_choose',
		'inclusive admin.voice_choose',
		'language admin.voice_choose',
	]);
});

const sponsor = {
	...neighbour,
	gender: 'f',
	one_f: 'marraine',
	many_f: 'marraines',
	one_m: '',
	many_m: '',
	en_one: 'sponsor',
	en_many: 'sponsors',
	description_fr: 'Tu soutiens de loin.',
	description_en: '',
};

test('a kind of membership is added hidden, offered, moved, renamed, closed and opened, each said in the journal', async () => {
	expect((await post(`${types}/nouveau?/create`, sponsor)).form!.problems).toEqual([
		'grants admin.types_choose_grants',
	]);
	const to = (await post(`${types}/nouveau?/create`, { ...sponsor, grants: 'sympathiser' })).to!;
	expect(to).toBe(types);
	const kept = async () => (await see(types)).data.types as { id: string; key: string; people: number }[];
	const { id } = (await kept()).find(({ key }) => key === 'marraine')!;
	const visitor = await browser('visitor');
	expect((await see('/bienvenue', visitor)).text).not.toMatch(/marraine/i);
	await post(`${types}?/state`, { id, state: 'offered' });
	for (let n = 0; n < 4; n++) await post(`${types}?/move`, { id, direction: 'up' });
	expect((await kept())[0]!.key).toBe('marraine');
	await post(`${types}/${id}?/edit`, { ...sponsor, one_f: 'parraine', many_f: 'parraines' });
	expect((await see(types)).main).toMatch(/parraine/i);
	await post(`${types}?/state`, { id, state: 'retired' });
	expect((await see(types)).main).toContain('Fermés');
	expect((await journal('admin.place_membership_type')).map(({ detail }) => detail.state)).toEqual([
		'offered',
		'retired',
	]);
	expect((await see(`${types}/${idOf('nothing')}`)).status).toBe(404);
	const wrong = await post(`${types}/${id}?/edit`, { ...sponsor, description_fr: 'x'.repeat(201) });
	expect(wrong.form!.problems).toEqual(['description_fr admin.types_sentence_long']);
});

test('the last kind that newcomers may choose stays offered', async () => {
	const all = (await see(types)).data.types as { id: string; offered: boolean }[];
	const offered = all.filter((type) => type.offered);
	const ended = [];
	for (const { id } of offered) ended.push((await post(`${types}?/state`, { id, state: 'kept' })).status);
	expect(ended.filter((status) => status === 409)).toHaveLength(1);
	const left = (await see(types)).data.types as { offered: boolean }[];
	expect(left.filter((type) => type.offered)).toHaveLength(1);
	for (const { id } of offered) await post(`${types}?/state`, { id, state: 'offered' });
});

test('words and kinds of membership are changed by nobody else, however they send the forms', async () => {
	const { words: version, voice } = await versions();
	const why = await refused(['platform.setting', 'people.membership_type'], async () => {
		for (const person of ['odile', 'samuel', 'sabrina'] as const) {
			const who = await browser(person);
			const tries = [
				who.post(`${words}/friend?/save`, { ...neighbour, version }),
				who.post(`${words}/friend?/preview`, { ...neighbour, version }),
				who.post(`${words}/friend?/reset`, { version }),
				who.post(`${words}?/base`, { base: 'union', own: 'drop', version }),
				who.post(`${words}?/voice`, { address: 'vous', inclusive: 'middot', language: 'en', version: voice }),
				who.post(`${types}/nouveau?/create`, { ...sponsor, grants: 'member' }),
				who.get(`${types}/nouveau`),
			];
			expect([person, (await Promise.all(tries)).map(({ status }) => status)]).toEqual([
				person,
				tries.map(() => 404),
			]);
		}
	});
	expect(why).toBe('done');
});
