import * as v from 'valibot';
import { type Blueprint, type KindPlan, thing, usual } from '#domains/territory/index.ts';
import { invalid, type Problem } from '#platform/errors.ts';
import type { LexiconName } from '#platform/house.ts';
import { type Lexicon, lexicons } from '#platform/wording/index.ts';

/** At most so many levels, drawn as one dot and its rings. */
export const levelsAtMost = 5;

const word = v.pipe(
	v.optional(v.string(), ''),
	v.normalize('NFC'),
	v.trim(),
	v.maxLength(60, 'admin.found_word_long'),
	v.regex(/^[^\p{Cc}\p{Cf}{}<>]*$/u, 'admin.found_word_signs'),
);
const words = (max: number) => v.optional(v.pipe(v.array(word), v.maxLength(max, 'app.invalid_value')), []);

/** Names of the levels, the widest first; rows left empty are not levels. */
export const LevelsForm = v.object({
	one: words(levelsAtMost),
	many: words(levelsAtMost),
	gender: v.optional(
		v.pipe(
			v.array(v.picklist(['f', 'm'], 'app.invalid_value')),
			v.maxLength(levelsAtMost, 'app.invalid_value'),
		),
		[],
	),
	en_one: words(levelsAtMost),
	en_many: words(levelsAtMost),
});

/** One level as it was named. */
export interface Level {
	one: string;
	many: string;
	gender: 'f' | 'm';
	en_one: string;
	en_many: string;
}

type Typed = v.InferOutput<typeof LevelsForm>;

/**
 * The levels that were typed. English names left empty take the French ones; so do those that the form showed for
 * another name. Throws Invalid at the form that is missing.
 */
export function levelsFrom(sent: Typed, shown: readonly Level[] = []): Level[] {
	const typed = withoutLeftovers(sent, shown);
	const rows = [...typed.one.keys()];
	const named = rows.filter((row) => typed.one[row]);
	const problems: Problem[] = rows
		.filter((row) => !typed.one[row] && isStarted(typed, row))
		.map((row) => ({ field: `one-${row}`, key: 'admin.found_level_missing' }));
	if (!problems.length && named.length < 2) problems.push({ field: 'one-0', key: 'admin.found_levels_two' });
	const names = named.map((row) => typed.one[row]!.toLowerCase());
	const twice = named.find((_, index) => names.indexOf(names[index]!) < index);
	if (twice !== undefined) problems.push({ field: `one-${twice}`, key: 'admin.found_level_twice' });
	if (problems.length) throw invalid(problems);
	return named.map((row) => levelAt(typed, row));
}

/** Where a level was renamed or emptied, what the form had written beside its old name, mostly folded, is not an answer. */
function withoutLeftovers(typed: Typed, shown: readonly Level[]): Typed {
	const isRenamed = (row: number) => shown[row] !== undefined && typed.one[row] !== shown[row].one;
	const meant = (form: 'many' | 'en_one' | 'en_many') =>
		typed[form].map((said, row) => (isRenamed(row) && said === shown[row]![form] ? '' : said));
	// The plural of a level that lost its name is there to be seen: it is asked about.
	const many = meant('many').map((said, row) => (typed.one[row] ? said : typed.many[row]!));
	return { ...typed, many, en_one: meant('en_one'), en_many: meant('en_many') };
}

const isStarted = ({ many, en_one, en_many }: Typed, row: number) =>
	Boolean(many[row] || en_one[row] || en_many[row]);

function levelAt({ one, many, gender, en_one, en_many }: Typed, row: number): Level {
	const name = one[row]!;
	const plural = many[row] || `${name}s`;
	const english = en_one[row];
	return {
		one: name,
		many: plural,
		gender: gender[row] ?? 'f',
		en_one: english || name,
		en_many: en_many[row] || (english ? `${english}s` : plural),
	};
}

/** The usual levels, the widest first, as the form shows them. */
export const usualLevels: Level[] = usual.kinds.toReversed().map(({ name: { fr, en } }) => ({
	one: fr.one_f,
	many: fr.many_f,
	gender: fr.gender === 'm' ? 'm' : 'f',
	en_one: en.one,
	en_many: en.many,
}));

// Which usual kind each level takes its offices from, the widest first: the top rules, the ground acts, what is between coordinates.
const models: Record<number, [key: string, like: string][]> = {
	2: [
		['national', 'national'],
		['section', 'section'],
	],
	3: [
		['national', 'national'],
		['federation', 'federation'],
		['section', 'section'],
	],
	4: [
		['national', 'national'],
		['region', 'region'],
		['federation', 'federation'],
		['section', 'section'],
	],
	5: [
		['national', 'national'],
		['zone', 'region'],
		['region', 'region'],
		['federation', 'federation'],
		['section', 'section'],
	],
};

/** The word for where one belongs is the name of the closest level, when the ready lexicon says another. */
export function ownWords(levels: readonly Level[], base: LexiconName): Lexicon {
	const { one, many, gender, en_one, en_many } = levels.at(-1)!;
	const said = lexicons[base].unit?.fr.one_f;
	return one.toLowerCase() === said ? {} : { unit: thing(one, many, gender, en_one, en_many) };
}

/** The structure to lay: the levels as named, with the usual offices; memberships said in the words that were chosen. */
export function blueprintFrom(levels: readonly Level[], base: LexiconName): Blueprint {
	const kinds = models[levels.length]!.map(([key, like], row): KindPlan => {
		const { one, many, gender, en_one, en_many } = levels[row]!;
		return {
			key,
			name: thing(one, many, gender, en_one, en_many),
			offices: usual.kinds.find((kind) => kind.key === like)!.offices,
		};
	});
	const memberships = usual.memberships.flatMap((type) => {
		const said = lexicons[base][type.key];
		// The third usual kind of membership is a party's.
		if (!said) return base === 'coopol' ? [type] : [];
		return [{ ...type, name: said }];
	});
	return { kinds: kinds.toReversed(), memberships };
}
