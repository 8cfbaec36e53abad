import { contentKind, looksLikeBirthDates, unexpectedContent } from './content.ts';
import type { Certainty, ColumnGuess, ContentKind, Field, FieldOf, FileKind, Reason } from './fields.ts';
import { forbiddenByContent, forbiddenByHeader } from './forbidden.ts';
import { isNotNeeded, meaningOf } from './vocabulary.ts';

type Draft = {
	column: number;
	header: string;
	field: Field | null;
	certainty: Certainty;
	reason: Reason;
	rank: number;
};

/**
 * What each column of a file becomes, from its name and a few lines of cells.
 * A field is given to one column only; what is forbidden is given to none.
 */
export function recognise<K extends FileKind>(
	kind: K,
	header: readonly string[],
	samples: readonly (readonly string[])[],
): ColumnGuess<K>[] {
	const drafts = header.map((name, column) => ({
		column,
		header: name,
		...recogniseOne(
			kind,
			name,
			samples.map((cells) => cells[column] ?? ''),
		),
	}));
	const given = giveEachFieldOnce(drafts);
	// the vocabulary of this kind only holds its own fields
	return given.map(({ rank: _, ...guess }) => ({ ...guess, field: guess.field as FieldOf<K> | null }));
}

function recogniseOne(
	kind: FileKind,
	header: string,
	values: readonly string[],
): Omit<Draft, 'column' | 'header'> {
	const subject = forbiddenByHeader(header) ?? forbiddenByContent(values);
	if (subject) return ignored({ code: 'forbidden', subject });
	const meaning = meaningOf(kind, header);
	if (!meaning) return recogniseByContent(kind, header, values);
	const { field, certain, rank } = meaning;
	const isDate = field === 'memberSince' || field === 'paidUntil';
	if (isDate && !certain && looksLikeBirthDates(values)) return ignored({ code: 'looks_like_birth_date' });
	const expected = unexpectedContent(field, values);
	if (expected) return recogniseMisnamed(kind, { field, rank, expected }, values);
	if (!certain) return { field, certainty: 'check', reason: { code: 'header_ambiguous' }, rank: rank + 100 };
	return { field, certainty: 'sure', reason: { code: 'header' }, rank };
}

/** The name says one thing, the values another: values that have a shape decide, the person checks. */
function recogniseMisnamed(
	kind: FileKind,
	{ field, rank, expected }: { field: Field; rank: number; expected: ContentKind },
	values: readonly string[],
): Omit<Draft, 'column' | 'header'> {
	const shown = recogniseByContent(kind, '', values);
	if (shown.field) return shown;
	return { field, certainty: 'check', reason: { code: 'content_differs', expected }, rank: rank + 200 };
}

const BY_CONTENT: Record<FileKind, Partial<Record<ContentKind, Field>>> = {
	members: {
		email: 'email',
		phone: 'phone',
		date: 'memberSince',
		postcode: 'postcode',
		communeCode: 'communeCode',
	},
	units: { email: 'email', website: 'website' },
};

function recogniseByContent(
	kind: FileKind,
	header: string,
	values: readonly string[],
): Omit<Draft, 'column' | 'header'> {
	const looksLike = contentKind(values);
	const field = looksLike && BY_CONTENT[kind][looksLike];
	if (looksLike === 'date' && looksLikeBirthDates(values)) return ignored({ code: 'looks_like_birth_date' });
	if (looksLike && field && !(isNotNeeded(header) && looksLike !== 'email')) {
		return { field, certainty: 'check', reason: { code: 'content', looksLike }, rank: 300 };
	}
	if (isNotNeeded(header)) return ignored({ code: 'not_needed' });
	return ignored({
		code: values.length > 0 && values.every((value) => value.trim() === '') ? 'empty_column' : 'unknown',
	});
}

function ignored(reason: Reason): Omit<Draft, 'column' | 'header'> {
	return { field: null, certainty: 'ignored', reason, rank: 1000 };
}

/** The best-named column takes the field; a later rival is left for the person to decide. */
function giveEachFieldOnce(drafts: Draft[]): Draft[] {
	const owners = new Map<Field, Draft>();
	for (const draft of [...drafts].sort((a, b) => a.rank - b.rank)) {
		if (draft.field && !owners.has(draft.field)) owners.set(draft.field, draft);
	}
	return drafts.map((draft): Draft => {
		const owner = draft.field ? owners.get(draft.field) : undefined;
		if (!draft.field || !owner || owner === draft) return draft;
		return {
			...draft,
			field: null,
			certainty: 'check',
			reason: { code: 'field_taken', field: draft.field, by: owner.column },
		};
	});
}
