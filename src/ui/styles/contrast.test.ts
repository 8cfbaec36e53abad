import { describe, expect, test } from 'vitest';
import { contrast, hexFrom } from '../colour.ts';
import { rampOf, themeCss, themeFrom } from '../theme.ts';
import { colourIn, everyRule, type Rule, rulesOf, tokensOf } from './sheets.fixture.ts';

const rules = everyRule();
const sheet = rules.filter(({ file, within }) => file !== 'print.css' && !/print|forced-colors/.test(within));
type Tokens = Record<string, string>;
const isChosenDark = ({ selector, within }: Rule) =>
	within === '@media screen' && selector.startsWith(":root[data-mode='dark']");
const darkIn = (from: readonly Rule[]) =>
	tokensOf(
		from.map((rule) => ({ ...rule, selector: rule.selector.replaceAll('"', "'") })),
		isChosenDark,
	);
const rootIn = (from: readonly Rule[]) =>
	tokensOf(from, ({ selector, within }) => !within && selector === ':root');

/** The tokens as a page has them, ours first and the organisation's after, in light and in dark. */
function modesOf(theme = ''): [string, Tokens][] {
	const served = rulesOf(theme);
	const light = { ...rootIn(sheet), ...rootIn(served) };
	return [
		['light', light],
		['dark', { ...light, ...darkIn(sheet), ...darkIn(served) }],
	];
}

const themes = Array.from({ length: 360 }, (_, hue) => hue).flatMap((hue) =>
	[0.03, 0.05, 0.08, 0.11, 0.14, 0.17].map((chroma) => {
		const css = themeCss({ ...themeFrom(hexFrom(0.55, chroma, hue)), ramp: rampOf(hue, chroma) });
		return { said: `hue ${hue}, chroma ${chroma}`, css, modes: modesOf(css) };
	}),
);

const measured = new Map<string, number>();
/** The contrast of two colours; the same two are asked for many times. */
function between(front: string, back: string): number {
	const key = front + back;
	const known = measured.get(key);
	if (known) return known;
	const found = contrast(front, back);
	measured.set(key, found);
	return found;
}

type Pair = { where: string; front: string; back: string; least: number; own?: Tokens };

// A stamp's ground is drawn behind it; a notice names its paper and its pen.
const behind: Record<string, string> = { '.stamp': '.stamp::before' };
const paperOf = ({ declared }: Pick<Rule, 'declared'>) =>
	declared.background ?? declared['background-color'] ?? declared['--paper'];
const pensOf = ({ declared }: Rule) => [declared.color, declared['--pen']].filter(isColour);
const isColour = (value: string | undefined): value is string => /^(?:var\(|#)/.test(value ?? '');
/** Rules that name their own colours first (`--paper`): what they set holds for what is inside. */
const ownOf = ({ declared }: Rule) =>
	Object.fromEntries(Object.entries(declared).filter(([name]) => name.startsWith('--')));

const papered = (wanted: string) =>
	sheet.find((rule) => rule.selector === (behind[wanted] ?? wanted) && isColour(paperOf(rule)));

/** The ground a rule stands on: its own, or that of the part of its selector before the last word. */
function groundOf(rule: Rule): Rule | undefined {
	if (isColour(paperOf(rule))) return rule;
	const parts = rule.selector.replaceAll(' > ', ' ').split(' ');
	const around = parts.map((_, n) => parts.slice(0, parts.length - n).join(' '));
	return around.map(papered).find((found) => found !== undefined);
}

/** Where plain text lies: the page, a card, a well. */
const grounds = ['var(--bg)', 'var(--surface)', 'var(--surface-2)'];
const isTone = (value: string) => value.includes('--tone');
const tones = sheet.filter(({ selector }) => selector.startsWith('.tone-'));

/** Every colour that a rule of ours gives to words, with every ground that our rules put under it. */
const pairs: Pair[] = sheet.flatMap((rule) => {
	const ground = groundOf(rule);
	const backs = ground ? [paperOf(ground)!] : grounds;
	return pensOf(rule).flatMap((front) => {
		const owns = isTone(front) || backs.some(isTone) ? tones.map(ownOf) : [ownOf(rule)];
		return owns.flatMap((own) =>
			backs.map((back) => ({ where: `${rule.selector} on ${back}`, front, back, least: 4.5, own })),
		);
	});
});

const weakest = (list: readonly Pair[], tokens: Tokens) =>
	list.flatMap(({ where, front, back, least, own }) => {
		const seen = { ...tokens, ...own };
		const [one, other] = [colourIn(front, seen), colourIn(back, seen)];
		if (!one || !other) return [`${where}: not a colour`];
		const found = between(one, other);
		return found < least ? [`${where}: ${front} is ${found.toFixed(2)}, under ${least}`] : [];
	});

describe('the style sheets as they are', () => {
	test('were read: words, controls, states and levels have their rules', () => {
		expect(rules.length).toBeGreaterThan(400);
		expect(pairs.length).toBeGreaterThan(100);
		for (const selector of [
			'.btn.primary',
			'.tag.warn',
			'.stepper li[aria-current] .n',
			'.level',
			'.badge',
			'.toast',
		])
			expect([selector, pairs.some(({ where }) => where.startsWith(`${selector} on `))]).toEqual([
				selector,
				true,
			]);
	});

	test.each(modesOf())('every word that a rule colours is readable where it lies (%s)', (_, tokens) => {
		expect(weakest(pairs, tokens)).toEqual([]);
	});

	test('on paper, dark is on white, whatever the screen was', () => {
		const printed = rules.filter(({ within }) => /print/.test(within));
		const [[, light], [, dark]] = modesOf() as [[string, Tokens], [string, Tokens]];
		const body = printed.find(({ selector }) => selector === 'body')!.declared;
		expect(colourIn(body.background, light)).toBe('#ffffff');
		expect(between(colourIn('var(--text)', light)!, colourIn('var(--surface)', light)!)).toBeGreaterThan(15);
		// What is dark on a screen is of the screen alone: nothing else makes it so.
		expect(colourIn('var(--surface)', dark)).not.toBe(colourIn('var(--surface)', light));
		expect(
			rules.filter(({ selector, within }) => /data-mode=.dark/.test(selector) && !/screen/.test(within)),
		).toEqual([]);
	});
});

describe('parts one must find', () => {
	const bordered = sheet.filter(({ declared }) =>
		/var\(--line-strong\)|var\(--action\)/.test(`${declared.border ?? ''} ${declared['border-color'] ?? ''}`),
	);
	const edges: Pair[] = bordered.flatMap((rule) => {
		const front = /var\(--(?:line-strong|action)\)/.exec(
			`${rule.declared.border} ${rule.declared['border-color']}`,
		)![0];
		return grounds.map((back) => ({ where: `edge of ${rule.selector}`, front, back, least: 3 }));
	});
	const focus: Pair[] = sheet
		.filter(({ declared }) => declared.outline?.includes('var(--focus)'))
		.flatMap(({ selector }) =>
			grounds.map((back) => ({ where: selector, front: 'var(--focus)', back, least: 3 })),
		);
	const ticks: Pair[] = sheet
		.filter(({ declared }) => declared['accent-color'])
		.flatMap(({ selector, declared }) =>
			[...grounds, 'var(--action-soft)'].map((back) => ({
				where: selector,
				front: declared['accent-color']!,
				back,
				least: 3,
			})),
		);
	const measures: Pair[] = sheet
		.filter(
			({ selector, declared }) =>
				selector.startsWith('.meter') && selector.endsWith('.part') && declared.fill,
		)
		.map(({ selector, declared }) => ({
			where: selector,
			front: declared.fill!,
			back: 'var(--neutral)',
			least: 3,
		}));

	test('edges, rings, ticks and bars were found in the sheets', () => {
		const found = [edges, focus, ticks, measures].map(({ length }) => length);
		expect(Math.min(...found)).toBeGreaterThanOrEqual(3);
	});

	test.each(modesOf())(
		'the edge of a control, the ring of the focus, a tick and a bar are seen (%s)',
		(_, tokens) => {
			expect(weakest([...edges, ...focus, ...ticks, ...measures], tokens)).toEqual([]);
		},
	);

	test('the same for any colour an organisation may choose', () => {
		const weak = themes.flatMap(({ said, modes }) =>
			modes.flatMap(([mode, tokens]) =>
				weakest([...edges, ...ticks, ...measures], tokens).map((one) => `${said}, ${mode}: ${one}`),
			),
		);
		expect(weak.slice(0, 5)).toEqual([]);
	});
});

describe('360 hues of 6 strengths', () => {
	const designed: [string, string, string, number][] = [
		['words of a main button', '--on-action', '--action', 6.9],
		['a link on a card', '--link', '--surface', 8],
		['a link on the page', '--link', '--bg', 7],
		['a soft button', '--on-action-soft', '--action-soft', 7],
		['words on the accent', '--ink-900', '--accent', 8],
		['words on the pale accent', '--text', '--accent-soft', 7],
	];

	test.each(designed)('keep the figure of the design, in the worst of them: %s', (_, front, back, least) => {
		const found = themes.flatMap(({ modes }) =>
			modes.map(([, tokens]) =>
				between(colourIn(`var(${front})`, tokens)!, colourIn(`var(${back})`, tokens)!),
			),
		);
		expect(Math.min(...found)).toBeGreaterThanOrEqual(least);
	});

	test('leave every word of every rule readable', () => {
		const themed = pairs.filter(({ front, back }) => /action|link|accent|brand/.test(front + back));
		expect(themed.length).toBeGreaterThan(30);
		const weak = themes.flatMap(({ said, modes }) =>
			modes.flatMap(([mode, tokens]) => weakest(themed, tokens).map((one) => `${said}, ${mode}: ${one}`)),
		);
		expect(weak.slice(0, 5)).toEqual([]);
	}, 60_000);

	test('never touch levels nor states: people keep their bearings from one organisation to the next', () => {
		const fixed = /^--(?:level|ok|warn|danger|text|bg|surface|line|focus)/;
		const taken = themes.flatMap(({ css }) => rulesOf(css).flatMap(({ declared }) => Object.keys(declared)));
		expect([...new Set(taken)].filter((name) => fixed.test(name))).toEqual([]);
		const borrowed = sheet.flatMap(({ selector, declared }) =>
			selector.startsWith(':root')
				? Object.entries(declared).filter(
						([name, value]) => /^--(?:level|ok|warn|danger)/.test(name) && /brand|accent/.test(value),
					)
				: [],
		);
		expect(borrowed).toEqual([]);
	});
});

describe('levels and states', () => {
	const light = modesOf()[0]![1];
	const names = Object.keys(light).filter((name) => /^--(?:level-(?:\d|top)|ok|warn|danger)$/.test(name));

	test('are eight colours, each with its soft ground, in both modes', () => {
		expect(names.toSorted()).toEqual(
			['0', '1', '2', '3', 'top']
				.map((level) => `--level-${level}`)
				.concat('--ok', '--warn', '--danger')
				.toSorted(),
		);
		for (const [mode, tokens] of modesOf())
			for (const name of names)
				expect([mode, name, between(tokens[name]!, tokens[`${name}-soft`]!) >= 6.3]).toEqual([
					mode,
					name,
					true,
				]);
	});

	test('two levels are never the same colour', () => {
		for (const [, tokens] of modesOf()) {
			const levels = names.filter((name) => name.startsWith('--level')).map((name) => tokens[name]);
			expect(new Set(levels).size).toBe(5);
		}
	});
});
