import { expect, test } from 'vitest';
import { neighbour } from '#tests/nouns.ts';
import type { CastName } from '#tests/party.ts';
import { program } from '#tests/program.ts';
import { stage } from '#tests/stage.ts';
import { refused } from '#tests/traces.ts';
import { themeFrom } from '#ui/theme.ts';

stage();

interface Phrase {
	language: string;
	slot?: string;
	before: string;
	after: string;
	isSame: boolean;
}
type Looked = { phrases: Phrase[]; sentences: Phrase[] };
const look = <T = Looked>(what: string, input: object, who: CastName = 'bertrand', entry = 'friend') =>
	program<T>(`POST /organisation/${what}/preview`, who, what === 'words/[entry]' ? { entry } : {}, input);
const voice = { address: 'vous', inclusive: 'epicene', language: 'fr' };
const all: [string, object][] = [
	['colour', { colour: '#7a1' }],
	['voice', voice],
	['words', { base: 'coopol' }],
	['words/[entry]', neighbour],
];

test('a program of who keeps the settings sees a colour, a voice and words before they are chosen', async () => {
	expect(await look('colour', { colour: '7A1' })).toEqual(themeFrom('#77aa11'));
	const spoken = (await look('voice', voice)).phrases;
	expect(spoken.some(({ before, after }) => /\btu\b/i.test(before) && /\bvous\b/i.test(after))).toBe(true);
	const one = await look('words/[entry]', neighbour);
	expect(one.phrases).toContainEqual(
		expect.objectContaining({ language: 'fr', slot: 'many', after: expect.stringContaining('voisin') }),
	);
	expect(one.sentences.every(({ after }) => /voisin|neighbour/i.test(after))).toBe(true);
	const nouns = (await look('words', { base: 'coopol', own: 'drop' })).phrases;
	expect(new Set(nouns.map(({ slot }) => slot))).toEqual(new Set(['many']));
});

test('nothing is kept of what was looked at, and the journal has nothing to say', async () => {
	for (const [what, input] of all)
		expect([what, await refused(['platform.setting'], () => look(what, input))]).toEqual([what, 'done']);
});

test.each<[string, string, object, string]>([
	['a colour that is none', 'colour', { colour: 'rouge' }, 'Invalid: colour admin.colour_shape'],
	['a lexicon that is none', 'words', { base: 'x' }, 'Invalid: base admin.words_choose'],
	[
		'half of a dotted noun',
		'words/[entry]',
		{ ...neighbour, one_dot: 'voisin·e' },
		'Invalid: many_dot admin.words_dot_both',
	],
	[
		'a version, which is for who saves',
		'voice',
		{ ...voice, version: '1' },
		'Invalid: version app.invalid_value',
	],
])('%s is refused at its field', async (_, what, input, problem) => {
	expect(await refused(['platform.setting'], () => look(what, input))).toBe(problem);
});

test('it is for who keeps the settings, and for words that the house has', async () => {
	for (const who of ['odile', 'samuel', 'sabrina', 'thibaud'] as const)
		for (const [what, input] of all)
			expect([who, what, await refused([], () => look(what, input, who))]).toEqual([who, what, 'NotFound']);
	expect(await refused([], () => look('words/[entry]', neighbour, 'bertrand', 'secret'))).toBe('NotFound');
});
