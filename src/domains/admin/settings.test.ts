import { beforeEach, expect, test } from 'vitest';
import { asSystem } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { forgetSettings } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import { type Lexicon, lexicons } from '#platform/wording/index.ts';
import { browser } from '#tests/browse.ts';
import { as, outcome, stage } from '#tests/stage.ts';
import { editClock } from './clock.ts';
import { editColour, editName } from './identity.ts';
import { neighbour } from './lexicon.fixture.ts';
import { chooseBase, editEntry, resetEntry } from './lexicon.ts';
import { organisation } from './organisation.ts';
import { previewBase, previewEntry, previewVoice } from './preview.ts';
import { editVoice, editWays } from './voice.ts';

stage();
// Another process hears of a change within milliseconds; a test asks at once.
beforeEach(forgetSettings);
const fresh = async () => {
	forgetSettings();
	return house();
};
const versions = async () => (await organisation(await as('bertrand'))).versions;

const acts = () =>
	asSystem('test', (tx) => tx.many<{ act: string }>(sql`select act from audit.entry order by seq`)).then(
		(rows) => rows.map(({ act }) => act),
	);

test('Bertrand changes the word for friends, and every sentence says it', async () => {
	const bertrand = await as('bertrand');
	await editEntry(bertrand, 'friend', { ...neighbour, version: (await versions()).words });
	const words = wordsOf(await fresh());
	expect(words.noun((await house()).lexicon.friend!, 'many')).toBe('voisins et voisines');
	const all = (await previewEntry(bertrand, 'friend', { ...neighbour, version: '' })).sentences;
	expect(all.length).toBeGreaterThan(3);
	for (const { language, after } of all) expect(after).toMatch(language === 'fr' ? /voisin/i : /neighbour/i);
	expect(await acts()).toContain('admin.edit_word');
});

test('going back to the ready word, and starting from another lexicon, keep or drop what was written', async () => {
	const bertrand = await as('bertrand');
	await editEntry(bertrand, 'friend', { ...neighbour, version: (await versions()).words });
	await chooseBase(bertrand, { base: 'union', own: 'keep', version: (await versions()).words });
	expect((await fresh()).lexicon.friend!.fr.one_m).toBe('voisin');
	expect((await house()).lexicon.member).toEqual(lexicons.union.member);
	await resetEntry(bertrand, 'friend', { version: (await versions()).words });
	expect((await fresh()).lexicon.friend).toEqual(lexicons.union.friend);
	await editEntry(bertrand, 'unit', { ...neighbour, version: (await versions()).words });
	await chooseBase(bertrand, { base: 'association', own: 'drop', version: (await versions()).words });
	expect((await fresh()).lexicon.unit).toEqual((lexicons.association as Lexicon).unit);
});

test('a form left empty is said at its field, and nothing changes', async () => {
	const bertrand = await as('bertrand');
	const version = (await versions()).words;
	const before = (await fresh()).lexicon;
	for (const field of ['one_f', 'one_m', 'many_f', 'many_m'] as const) {
		const refusal = await Promise.resolve()
			.then(() => editEntry(bertrand, 'friend', { ...neighbour, [field]: '', version }))
			.catch((error) => error);
		expect(refusal.problems).toEqual([{ field, key: 'territory.kind_word_missing', args: { form: field } }]);
	}
	const half = await Promise.resolve()
		.then(() => editEntry(bertrand, 'friend', { ...neighbour, one_dot: 'voisin·e', version }))
		.catch((error) => error);
	expect(half.problems[0].field).toBe('many_dot');
	expect((await fresh()).lexicon).toEqual(before);
});

test('the colour changes the address of the style sheet', async () => {
	const before = (await fresh()).themeVersion;
	await editColour(await as('bertrand'), { colour: '#7a1fa2', version: (await versions()).colour });
	expect((await fresh()).colour).toBe('#7a1fa2');
	expect((await house()).themeVersion).not.toBe(before);
});

test('vous, the middle dot and English first are seen before they are chosen', async () => {
	const bertrand = await as('bertrand');
	const phrases = await previewVoice(bertrand, {
		address: 'vous',
		inclusive: 'epicene',
		language: 'fr',
		version: '',
	});
	expect(phrases.length).toBeGreaterThan(5);
	expect(phrases.every(({ isSame }) => !isSame)).toBe(true);
	expect((await fresh()).address).toBe('tu');
	await editVoice(bertrand, {
		address: 'vous',
		inclusive: 'middot',
		language: 'fr',
		version: (await versions()).voice,
	});
	expect(wordsOf(await fresh()).say('app.not_found')).toContain('vous');
	expect((await previewBase(bertrand, { base: 'union', own: 'keep', version: '' })).length).toBe(22);
});

test('to anybody else these settings do not exist, and stay as they are', async () => {
	const { name, colour, voice, words, ways, clock } = await versions();
	const before = await fresh();
	for (const person of [
		'visitor',
		'mathis',
		'odile',
		'samuel',
		'yamina',
		'sabrina',
		'paulo',
		'gerard',
		'thibaud',
		'awa',
	] as const) {
		const viewer = await as(person);
		const tries: Promise<unknown>[] = [
			organisation(viewer),
			editName(viewer, { name: 'Autre', version: name }),
			editColour(viewer, { colour: '#000000', version: colour }),
			editVoice(viewer, { address: 'tu', inclusive: 'masculine', language: 'en', version: voice }),
			editClock(viewer, { timeZone: 'Indian/Reunion', version: clock }),
			editWays(viewer, { signUp: 'invited', rhythm: 'asap', version: ways }),
			editEntry(viewer, 'friend', { ...neighbour, version: words }),
			chooseBase(viewer, { base: 'union', own: 'drop', version: words }),
			resetEntry(viewer, 'friend', { version: words }),
			previewEntry(viewer, 'friend', { ...neighbour, version: words }),
			previewVoice(viewer, { address: 'vous', inclusive: 'epicene', language: 'fr', version: '' }),
			previewBase(viewer, { base: 'union', own: 'keep', version: '' }),
		];
		expect([person, ...(await Promise.all(tries.map(outcome)))]).toEqual([
			person,
			...tries.map(() => 'NotFound'),
		]);
	}
	expect(
		await outcome(editName(await as('bertrand', { factor: false }), { name: 'Autre', version: name })),
	).toBe('NotFound');
	expect(await fresh()).toEqual(before);
});

test('two officers save the same setting at once: one is told, nothing is overwritten', async () => {
	const bertrand = await as('bertrand');
	const { name, ways } = await versions();
	const names = ['La Rive une', 'La Rive deux', 'La Rive trois'];
	const ended = await Promise.all(
		names.map((one) => outcome(editName({ ...bertrand }, { name: one, version: name }))),
	);
	expect(ended.filter((end) => end === 'Conflict')).toHaveLength(2);
	expect(names[ended.indexOf(undefined as never)]).toBe((await fresh()).name);
	// Another part, changed meanwhile, is nobody's conflict; and the name stays.
	await editWays(bertrand, { signUp: 'open', rhythm: 'concerned', version: ways });
	expect((await fresh()).rhythm).toBe('concerned');
	expect(names).toContain((await house()).name);
});

test('one form sent twice is done once', async () => {
	const bertrand = await as('bertrand');
	const { name } = await versions();
	const before = (await acts()).length;
	const send = () =>
		editName({ ...bertrand, requestKey: 'twice' }, { name: 'La Rive commune', version: name });
	expect(await Promise.all([outcome(send()), outcome(send())])).not.toContain('Conflict');
	expect((await acts()).length).toBe(before + 1);
});

test('a house of the Indian Ocean writes its hours by its own clock; a clock that is none is said at the field', async () => {
	const bertrand = await as('bertrand');
	const noon = new Date('2026-12-01T12:00:00Z');
	expect(wordsOf(await fresh()).date(noon, 'time')).toBe('13\u00a0h');
	await editClock(bertrand, { timeZone: 'Indian/Reunion', version: (await versions()).clock });
	expect(wordsOf(await fresh()).date(noon, 'time')).toBe('16\u00a0h');
	expect(await acts()).toContain('admin.edit_clock');
	const page = await browser('bertrand');
	const refused = await page.post('/administration/organisation?/clock', { timeZone: 'Mars/Olympus' });
	expect(refused.form?.problems).toEqual(['timeZone admin.clock_choose']);
});
