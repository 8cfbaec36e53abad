import { IntlMessageFormat } from 'intl-messageformat';
import { joined, lendSmallWords } from './elision.ts';
import type { Language } from './house.ts';
import { formatNumber } from './numbers.ts';
import { argumentMark, frenchTypography } from './typography.ts';

export type Value = string | number | Date | null | undefined;
export type Values = Record<string, Value>;

/**
 * The nodes of a parsed ICU message, by the parser's numbers: literal, argument, number, date, time, select,
 * plural, and the # of a plural.
 */
export type Node =
	| { type: 0; value: string }
	| { type: 1; value: string }
	| { type: 2; value: string }
	| { type: 3; value: string; style?: string | object | null }
	| { type: 4; value: string }
	| { type: 5; value: string; options: Record<string, { value: Node[] }> }
	| { type: 6; value: string; options: Record<string, { value: Node[] }> }
	| { type: 7 };

/** A place where a value is shown as text: the argument, how to write it if it is a date, and the small word joined to it. */
export type Shown = { name: string; style: string; before?: string };

/** A message ready to be written: itself when nothing varies, or a function of the values. */
export type Compiled = string | ((values: Values, show: (shown: Shown, values: Values) => string) => string);

export type Setting = { language: Language; slot: (name: string) => string | undefined };

type Control = { name: string; missing: number | string };
type Found = { shown: Map<string, Shown>; controls: Map<string, Control> };

const parsed = new Map<string, Node[]>();

/**
 * The tree of an ICU message; throws a SyntaxError when it is not one. Apostrophes are plain characters here
 * (French is full of them): a brace cannot be quoted. Markup is plain text too.
 */
export function parseMessage(message: string): Node[] {
	const known = parsed.get(message);
	if (known) return known;
	const format = new IntlMessageFormat(message.replaceAll("'", "''"), 'en', undefined, { ignoreTag: true });
	const tree = format.getAst() as unknown as Node[];
	parsed.set(message, tree);
	return tree;
}

function rename(name: string, style: string, found: Found): Node {
	const key = `${name}|${style}`;
	found.shown.set(key, { name, style });
	return { type: 1, value: key };
}

/** Replaces lexicon slots by their words, and names every shown value after its style. */
function resolve(nodes: Node[], setting: Setting, found: Found): Node[] {
	// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: cases of the language stand side by side, read as a table
	return nodes.map((node): Node => {
		if (node.type === 0 || node.type === 7) return node;
		if (node.type === 1) {
			const word = setting.slot(node.value);
			return word === undefined ? rename(node.value, 'long', found) : { type: 0, value: word };
		}
		if (node.type === 3)
			return rename(node.value, typeof node.style === 'string' ? node.style : 'long', found);
		if (node.type === 4) return rename(node.value, 'time', found);
		found.controls.set(node.value, { name: node.value, missing: node.type === 5 ? 'other' : 0 });
		if (node.type === 2) return node;
		const options = Object.entries(node.options).map(([choice, option]) => {
			return [choice, { ...option, value: resolve(option.value, setting, found) }];
		});
		return { ...node, options: Object.fromEntries(options) };
	});
}

/** Sets the literal parts of one list of nodes, each seen beside its neighbours; values are never touched. */
function typeset(nodes: Node[]): Node[] {
	const line = nodes.map((node) => (node.type === 0 ? node.value : argumentMark)).join('');
	const literals = frenchTypography(line).split(argumentMark);
	const result: Node[] = [{ type: 0, value: literals[0] ?? '' }];
	const others = nodes.filter((node) => node.type !== 0);
	for (const [at, node] of others.entries()) {
		result.push(typesetInside(node), { type: 0, value: literals[at + 1] ?? '' });
	}
	return result.filter((node) => node.type !== 0 || node.value !== '');
}

function typesetInside(node: Node): Node {
	if (node.type !== 5 && node.type !== 6) return node;
	const options = Object.entries(node.options).map(([choice, option]) => {
		return [choice, { ...option, value: typeset(option.value) }];
	});
	return { ...node, options: Object.fromEntries(options) };
}

const pluralRules = { fr: new Intl.PluralRules('fr'), en: new Intl.PluralRules('en') };

function formatters(language: Language) {
	return {
		getNumberFormat: (_: unknown, options?: object) => {
			return { format: (n: number) => formatNumber(n, language, options) } as Intl.NumberFormat;
		},
		getDateTimeFormat: (...options: ConstructorParameters<typeof Intl.DateTimeFormat>) => {
			return new Intl.DateTimeFormat(...options);
		},
		getPluralRules: (_: unknown, options?: Intl.PluralRulesOptions) => {
			return options?.type === 'ordinal' ? new Intl.PluralRules(language, options) : pluralRules[language];
		},
	};
}

/** A message with its lexicon slots filled and its typography set, once for all the times it will be said. */
export function compileMessage(message: string, setting: Setting): Compiled {
	const found: Found = { shown: new Map(), controls: new Map() };
	const resolved = resolve(parseMessage(message), setting, found);
	const nodes = setting.language === 'fr' ? lendSmallWords(typeset(resolved), found.shown) : resolved;
	if (nodes.every((node) => node.type === 0)) return nodes.map((node) => node.value).join('');
	return found.controls.size === 0 ? concatenation(nodes, found) : choice(nodes, setting.language, found);
}

type Show = (shown: Shown, values: Values) => string;

const written = (place: Shown, values: Values, show: Show): string =>
	place.before ? joined(place.before, show(place, values)) : show(place, values);

function concatenation(nodes: Node[], { shown }: Found): Compiled {
	const pieces = nodes.flatMap((node) => {
		if (node.type === 0) return [node.value];
		return node.type === 1 ? [shown.get(node.value) ?? ''] : [];
	});
	return (values, show) => {
		let text = '';
		for (const piece of pieces) text += typeof piece === 'string' ? piece : written(piece, values, show);
		return text;
	};
}

function choice(nodes: Node[], language: Language, { shown, controls }: Found): Compiled {
	const tree = nodes as unknown as ConstructorParameters<typeof IntlMessageFormat>[0];
	const format = new IntlMessageFormat(tree, language, undefined, { formatters: formatters(language) });
	return (values, show) => {
		const all: Record<string, string | number | Date> = {};
		for (const { name, missing } of controls.values()) all[name] = values[name] ?? missing;
		for (const [key, place] of shown) all[key] = written(place, values, show);
		return String(format.format(all));
	};
}
