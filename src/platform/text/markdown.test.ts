import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTime } from '#tests/cpu.ts';
import { excerpt, MARKDOWN_MAX, mentionedIn, plainText, renderMarkdown } from './markdown.ts';
import { PAYLOADS } from './xss.fixture.ts';

const ZOE = '0198c0de-0000-7000-8000-000000000001';
const REL = 'rel="noopener nofollow ugc"';
/** The whole language a rendered text may use: these tags with these attributes, and text without < > ". */
const TAG = [
	'</?(?:p|strong|em|s|ul|ol|li|blockquote|pre|code|h3|h4)>',
	'<(?:br|hr)>',
	'<ol start="\\d{1,9}">',
	`<a href="(?:https?://[^/\\s"'<>\`][^\\s"<>]*|mailto:[^/\\s"<>][^\\s"<>]*)" ${REL}>`,
	'<a class="mention" href="/personnes/[0-9a-f-]{36}">',
	'</a>',
].join('|');
const SAFE = new RegExp(`^(?:[^<>"]|${TAG})*$`);

function expectSafe(html: string): void {
	expect(html).toMatch(SAFE);
	const open: string[] = [];
	for (const [, close, name] of html.matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
		if (name === 'br' || name === 'hr' || name === undefined) continue;
		if (close) expect(open.pop()).toBe(name);
		else expect(open.push(name)).toBeLessThan(64);
	}
	expect(open).toEqual([]);
}

describe('what people write', () => {
	it.each([
		['**gras** et *fin*', '<p><strong>gras</strong> et <em>fin</em></p>'],
		['un\ndeux', '<p>un<br>\ndeux</p>'],
		['# Titre\n## Sous\n#### Bas', '<h3>Titre</h3>\n<h4>Sous</h4>\n<h4>Bas</h4>'],
		['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
		['> cité', '<blockquote>\n<p>cité</p>\n</blockquote>'],
		[
			'voir https://a.fr/b?c=1&d',
			`<p>voir <a href="https://a.fr/b?c=1&amp;d" ${REL}>https://a.fr/b?c=1&amp;d</a></p>`,
		],
		['[ici](https://a.fr "bulle")', `<p><a href="https://a.fr" ${REL}>ici</a></p>`],
		['zoe@a.fr', `<p><a href="mailto:zoe@a.fr" ${REL}>zoe@a.fr</a></p>`],
		['fini.Il repart', '<p>fini.Il repart</p>'],
		['3 < 4 & "oui"', '<p>3 &lt; 4 &amp; &quot;oui&quot;</p>'],
		['', ''],
	])('%j', (text, html) => expect(renderMarkdown(text).trim()).toBe(html));

	it('mentions link to the person under their present name', () => {
		const text = `Merci @[Président](person:${ZOE.toUpperCase()}) !`;
		expect(renderMarkdown(text, { nameOf: () => 'Zoé <3' })).toBe(
			`<p>Merci <a class="mention" href="/personnes/${ZOE}">@Zoé &lt;3</a> !</p>\n`,
		);
		expect(renderMarkdown(text)).toContain('>@Président</a>');
	});

	it('a mention of someone this reader may not see is plain text', () => {
		expect(renderMarkdown(`@[Zoé](person:${ZOE})`, { nameOf: () => undefined })).toBe('<p>@Zoé</p>\n');
	});

	it.each(['person', 'PERSON'])('one reader’s names (%s) are never shown to another', (word) => {
		const text = `@[Zoé](${word}:${ZOE})`;
		expect(renderMarkdown(text, { nameOf: () => 'Zoé Nadeau' })).toContain('Zoé Nadeau');
		expect(renderMarkdown(text, { nameOf: () => undefined })).toBe('<p>@Zoé</p>\n');
	});

	it('lists the people mentioned once, not those inside code', () => {
		const other = ZOE.replace(/1$/, '2');
		const text = `@[a](person:${ZOE}) - @[b](person:${ZOE})\n- @[c](person:${other})\n\n\`@[d](person:${ZOE.replace(/1$/, '3')})\``;
		expect(mentionedIn(text)).toEqual([ZOE, other]);
	});
});

it('a link that leads nowhere is its words; one without words shows its address', () => {
	expect(renderMarkdown('[]() et [ici]()')).toBe('<p> et ici</p>\n');
	expect(renderMarkdown('[](https://a.fr/b)')).toContain('>https://a.fr/b</a>');
});

describe('what attackers write', () => {
	it('has at least 80 forms', () => expect(new Set(PAYLOADS).size).toBeGreaterThanOrEqual(80));

	it.each(PAYLOADS)('%j stays text', (payload) => {
		for (const text of [
			payload,
			`**${payload}**`,
			`> - ${payload}`,
			`[${payload}](https://a.fr)`,
			`${payload}\n${payload}`,
		]) {
			expectSafe(renderMarkdown(text));
		}
	});

	it('any mixture stays within the allowed tags', () => {
		const piece = fc.oneof(
			fc.constantFrom(...PAYLOADS, '\n', '\n\n', '> ', '- ', '`', '[', '](', ')', '"', '<'),
			fc.string(),
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => expectSafe(renderMarkdown(pieces.join('')))),
			{ numRuns: 1_000 },
		);
	});

	it('the check itself notices a foreign tag, attribute or address', () => {
		for (const bad of [
			'<img src="x">',
			'<a href="javascript:x">',
			'<p class="x">',
			'<p onclick="x">',
			'a"b',
			'<p><em></p></em>',
		]) {
			expect(() => expectSafe(bad)).toThrow();
		}
	});
});

describe('long and twisted texts', () => {
	const knots = [
		'[',
		'![',
		'*',
		'**a',
		'_',
		'`',
		'> ',
		'- ',
		'  - ',
		'@[',
		'[a](<',
		'http://a.',
		'a@b.',
		'&',
		'\\',
		'<',
		'~~',
		'*[',
		'(',
		'```\n',
		'1. ',
	];

	it.each(knots)('10 000 characters of %j take less than 50 ms', (knot) => {
		const text = knot.repeat(MARKDOWN_MAX).slice(0, MARKDOWN_MAX);
		const times = [1, 2, 3].map(() => {
			const began = cpuTime();
			renderMarkdown(text);
			return cpuTime() - began;
		});
		expect(Math.min(...times)).toBeLessThan(50);
		expectSafe(renderMarkdown(text));
	});

	it('are cut at 10 000 characters', () => {
		expect(plainText('a'.repeat(20_000))).toHaveLength(MARKDOWN_MAX);
		expect(renderMarkdown(`${'a'.repeat(MARKDOWN_MAX)}SECRET`)).not.toContain('SECRET');
	});
});

describe('excerpts', () => {
	it.each([
		['# Bonjour **tout** le monde\n- un\n- deux `x`', 100, 'Bonjour tout le monde un deux x'],
		['# Bonjour **tout** le monde', 15, 'Bonjour tout…'],
		['Bonjour tout le monde', 13, 'Bonjour tout…'],
		[`Merci @[Zoé](person:${ZOE})`, 50, 'Merci @Zoé'],
		['[ici](https://a.fr)', 50, 'ici'],
		['👩‍👩‍👧'.repeat(5), 3, '👩‍👩‍👧👩‍👩‍👧…'],
		['anticonstitutionnellement', 6, 'antic…'],
		['```\ncode\n```', 10, 'code'],
		['a', 0, '…'],
	])('%j in %i', (text, length, expected) => expect(excerpt(text, length)).toBe(expected));

	it('never exceed their length', () => {
		const segmenter = new Intl.Segmenter('fr', { granularity: 'grapheme' });
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', maxLength: 200 }),
				fc.integer({ min: 1, max: 60 }),
				(text, length) => {
					expect([...segmenter.segment(excerpt(text, length))].length).toBeLessThanOrEqual(length);
				},
			),
		);
	});
});
