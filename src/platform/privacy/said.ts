import type { Domain } from '../domain.ts';
import type { Words } from '../wording/index.ts';
import { own } from './own.ts';

/** `domain theme.key` → the keys that say its values, or null for what tells a person nothing. */
export type Said = ReadonlyMap<string, string | null>;

/** What each domain says of its coded values. */
export const saidBy = (domains: readonly Domain[]): Said =>
	new Map(
		[...domains, { name: 'platform', privacy: own }].flatMap(({ name, privacy }) =>
			Object.entries(privacy?.said ?? {}).map(([place, prefix]) => [`${name} ${place}`, prefix] as const),
		),
	);

const snake = (text: string) =>
	text
		.replaceAll(/([a-z])([A-Z])/g, '$1_$2')
		.replaceAll(/[^a-z\d]+/gi, '_')
		.toLowerCase();

/** The part of a key that names a domain's theme: `people_person`, `events_answers`. */
export const partOf = (domain: string, theme: string): string =>
	snake(theme.includes('.') ? theme : `${domain}.${theme}`);

const known = ({ say }: Pick<Words, 'say'>, keys: string[], args = {}): string | undefined => {
	const said = keys.find((key) => say(key as 'privacy.title') !== key);
	return said && say(said as 'privacy.title', args);
};

/** The heading of a theme. */
export const headingOf = (words: Pick<Words, 'say'>, domain: string, theme: string): string | undefined =>
	// words: privacy.part_*
	known(words, [`privacy.part_${partOf(domain, theme)}`]);

/** The word for a column, or for a key within a value: the theme's own where it has one, else that of all. */
export const labelOf = (
	words: Pick<Words, 'say'>,
	part: string,
	key: string,
	prefix?: string | null,
): string | undefined =>
	// words: privacy.key_*
	known(words, [
		...(prefix ? [`${prefix}${snake(key)}`] : []),
		`privacy.key_${part}_${snake(key)}`,
		`privacy.key_${snake(key)}`,
	]);

/** A coded value in words, where a catalogue says it. `row` gives what the sentence may need. */
export function meaningOf(
	words: Pick<Words, 'say'>,
	prefix: string,
	value: string | number,
	row = {},
): string | undefined {
	const code = snake(String(value));
	const args = Object.fromEntries(
		Object.entries(row).filter(([, one]) => typeof one === 'string' || typeof one === 'number'),
	);
	// words: privacy.is_*
	return known(words, [`${prefix}${value}`, `${prefix}${code}`, `privacy.is_${code}`], args);
}

/** Names of columns that tell a person nothing: ids, prints, versions. All of it is in `donnees.json`. */
export const isUntold = (key: string): boolean =>
	/(^|_)ids?$/.test(key) || ['conversation', 'email_print', 'slug', 'text_version'].includes(key);
