import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type ColumnGuess, type Field, foldHeader } from '../columns/index.ts';

/** Guesses, with what this organisation said of the same headers the last time. What is forbidden stays forbidden. */
export function headersKnown(
	guesses: readonly ColumnGuess[],
	known: ReadonlyMap<string, string | null>,
): ColumnGuess[] {
	const said = guesses.map((guess) => {
		const folded = foldHeader(guess.header);
		const meaning = guess.reason.code !== 'forbidden' && folded ? known.get(folded) : undefined;
		return meaning === undefined ? guess : remembered(guess, meaning);
	});
	const taken = new Map(
		said.flatMap((guess, at) =>
			guess !== guesses[at] && guess.field ? [[guess.field, guess.column] as const] : [],
		),
	);
	return said.map((guess) => {
		const by = guess.field ? taken.get(guess.field) : undefined;
		return by === undefined || by === guess.column
			? guess
			: {
					...guess,
					field: null,
					certainty: 'ignored',
					reason: { code: 'field_taken', field: guess.field!, by },
				};
	});
}

const remembered = (guess: ColumnGuess, meaning: string | null): ColumnGuess => ({
	...guess,
	field: meaning as Field | null,
	certainty: meaning ? 'sure' : 'ignored',
	reason: { code: meaning ? 'header' : 'not_needed' },
});

/** Remembers, for the next file, what headers (field '') or values mean. */
export const remember = (
	tx: Tx,
	kind: string,
	field: string,
	meanings: { folded: string; meaning: string | null }[],
) =>
	tx.run(sql`
	insert into imports.remembered (kind, field, folded, meaning)
	select distinct on (given.folded) ${kind}, ${field}, given.folded, given.meaning
	from jsonb_to_recordset(${JSON.stringify(meanings)}::jsonb) as given (folded text, meaning text) where given.folded <> ''
	on conflict (kind, field, folded) do update set meaning = excluded.meaning where remembered.meaning is distinct from excluded.meaning`);
