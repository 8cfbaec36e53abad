import { foldText } from './fold.ts';
import { cleanText, type Reading } from './reading.ts';

/** How a person says what each value of a column becomes: folded value → the organisation's own key, null for "nothing". */
export type ValueMap = Readonly<Record<string, string | null>>;

/** One value of a column, as first written, and how many lines have it. */
export type DistinctValue = { folded: string; written: string; lines: number };

/** Beyond this, the column holds free text rather than a choice. */
const MOST_VALUES = 200;

/** Counts the values of a column while its lines go by; `tooMany` when it is not a column of choices. */
export function tallyValues() {
	const values = new Map<string, DistinctValue>();
	let tooMany = false;
	return {
		add(cell: string): void {
			const written = cleanText(cell);
			const folded = foldText(written);
			if (folded === '') return;
			const known = values.get(folded);
			if (known) known.lines++;
			else if (values.size < MOST_VALUES) values.set(folded, { folded, written, lines: 1 });
			else tooMany = true;
		},
		/** Commonest first. */
		list(): { values: DistinctValue[]; tooMany: boolean } {
			return { values: [...values.values()].sort((a, b) => b.lines - a.lines), tooMany };
		},
	};
}

/** Proposes what each value becomes among the organisation's choices: same name once folded, or nothing proposed. */
export function proposeValueMap(
	values: readonly DistinctValue[],
	choices: readonly { key: string; names: readonly string[] }[],
): Record<string, string> {
	const keys = new Map(
		choices.flatMap(({ key, names }) => [key, ...names].map((name) => [singular(name), key] as const)),
	);
	return Object.fromEntries(
		values.flatMap(({ folded }) => {
			const key = keys.get(singular(folded));
			return key === undefined ? [] : [[folded, key] as const];
		}),
	);
}

/** "Adhérente", "Adhérent·es" and "adherents" are one word here. */
function singular(text: string): string {
	return foldText(text.replace(/[·.]e(?:[·.]?s)?(?=\W|$)|\(e\)s?/giu, ''))
		.split(' ')
		.map((word) => (word.length > 4 ? word.replace(/e?s?$/, '') : word))
		.join(' ');
}

/** Reads a cell through what the person said of its values. */
export function readMapped(cell: string, map: ValueMap): Reading<string> {
	const folded = foldText(cleanText(cell));
	if (folded === '') return { value: null };
	const value = Object.hasOwn(map, folded) ? map[folded] : undefined;
	if (value !== undefined) return { value };
	return { value: null, problem: { code: 'value_unmapped', fix: null, otherwise: 'without' } };
}
