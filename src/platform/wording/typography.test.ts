import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import { frenchTypography } from './typography.ts';

const visible = (text: string) =>
	text.replaceAll('\u202f', '⁐').replaceAll('\u00a0', '~').replaceAll('\u2011', '=');

test.each([
	["C'est l'heure !", 'C’est l’heure⁐!'],
	['Voici : « oui » ; et toi ?', 'Voici~: «~oui~»⁐; et toi⁐?'],
	['Veux-tu venir ? Y a-t-il un e-mail ?', 'Veux=tu venir⁐? Y a=t=il un e=mail⁐?'],
	['12 345 678 voix, 12 %, 5 km, 19 h 30', '12~345~678 voix, 12~%, 5~km, 19~h~30'],
	['54 % (± 3 points)', '54~% (±~3~points)'],
	['Attends...', 'Attends…'],
	['https://exemple.fr/va-tu?a=1 : ici', 'https://exemple.fr/va-tu?a=1~: ici'],
	["l'adresse dis-moi@exemple.fr !", 'l’adresse dis-moi@exemple.fr⁐!'],
	["tape `l'ami-ce ?` puis exemple.fr/dis-moi", "tape `l'ami-ce ?` puis exemple.fr/dis-moi"],
])('%s', (text, expected) => {
	expect(visible(frenchTypography(text))).toBe(expected);
});

const pieces = fc.constantFrom(
	...[
		' ',
		'  ',
		"'",
		'-',
		'?',
		'!',
		';',
		':',
		'«',
		'»',
		'.',
		'..',
		'12',
		'345',
		'h',
		'30',
		'a',
		'é',
		'tu',
		't',
		'il',
	],
	...['`', '@', '/', 'x.fr', 'https://', 'www.', '\u00a0', '\u202f', '\u2011', '’', '…', '\n', '%', 'km'],
);
const texts = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.array(pieces, { maxLength: 14 }).map((all) => all.join('')),
);

test('setting a text twice changes nothing more', () => {
	fc.assert(
		fc.property(texts, (text) => {
			const once = frenchTypography(text);
			expect(frenchTypography(once)).toBe(once);
		}),
		{ numRuns: 5000 },
	);
});

test('only spaces, apostrophes, hyphens and dots ever change', () => {
	const bare = (text: string) =>
		text
			.replace(/[ \u00a0\u202f]/g, '')
			.replaceAll('’', "'")
			.replaceAll('\u2011', '-')
			.replaceAll('…', '...');
	fc.assert(
		fc.property(texts, (text) => {
			expect(bare(frenchTypography(text))).toBe(bare(text));
		}),
		{ numRuns: 3000 },
	);
});

test('addresses come out as they went in, whatever surrounds them', () => {
	const address = fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.emailAddress());
	fc.assert(
		fc.property(address, fc.constantFrom('', 'Va-tu ', "L'adresse : ", '« '), (url, before) => {
			expect(frenchTypography(`${before}${url} !`)).toContain(url);
		}),
	);
});

test('a very long word is set at once', () => {
	const start = cpuTime();
	frenchTypography(`${'a'.repeat(200_000)} ${'a.'.repeat(100_000)} ${'a-'.repeat(100_000)}`);
	expect(cpuTime() - start).toBeLessThan(1000);
});
