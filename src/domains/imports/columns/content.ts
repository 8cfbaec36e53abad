import type { ContentKind, Field } from './fields.ts';

const LOOKS: Record<ContentKind, RegExp> = {
	email: /^\S+\s?(@|\(at\)|\[at\])\s?\S+$/i,
	phone: /^'?(\+|00)?\s?(\(0\))?\d([\s.\-/()]*\d){8,14}$/,
	date: /^(\d{1,2}[/.-]\d{1,2}[/.-](\d{2}|\d{4})|\d{4}[/.-]\d{1,2}([/.-]\d{1,2}.*)?|\d{1,2}[/.-]\d{4}|\d{1,2}(er)? \p{L}+\.? \d{4})$/u,
	postcode: /^(\d{2} ?\d{3}|\d{4})$/,
	communeCode: /^(\d{5}|2[ab]\d{3}|X\d{5})$/i,
	website: /^(https?:\/\/|www\.)\S+$/i,
};

/** Fields whose values have a shape. */
const EXPECTED: Partial<Record<Field, readonly ContentKind[]>> = {
	email: ['email'],
	phone: ['phone'],
	postcode: ['postcode'],
	communeCode: ['communeCode', 'postcode'],
	memberSince: ['date'],
	paidUntil: ['date'],
	website: ['website', 'email'],
};

/** Share of filled values that look like this, from 0 to 1. Years and spreadsheet day numbers pass for dates when `loose`. */
export function shareOf(kind: ContentKind, values: readonly string[], loose = false): number {
	const filled = values.map((value) => value.trim()).filter(Boolean);
	if (filled.length === 0) return 0;
	const hit = (value: string) =>
		LOOKS[kind].test(value) ||
		(loose && kind === 'date' && /^((19|20)\d\d|[2-5]\d{4}|\p{L}+ \d{4})$/u.test(value));
	return filled.filter(hit).length / filled.length;
}

/** What most values look like; null when they have no shape that we know. Postcodes pass before commune codes. */
export function contentKind(values: readonly string[]): ContentKind | null {
	const kinds = ['email', 'website', 'date', 'phone', 'postcode', 'communeCode'] as const;
	return kinds.find((kind) => shareOf(kind, values) >= 0.7) ?? null;
}

/** The shape that the field expects and that fewer than half of the values have; null when all is well. */
export function unexpectedContent(field: Field, values: readonly string[]): ContentKind | null {
	const expected = EXPECTED[field];
	if (!expected?.[0] || values.every((value) => value.trim() === '')) return null;
	return expected.some((kind) => shareOf(kind, values, true) >= 0.5) ? null : expected[0];
}

/** Whether the middle date of the column is before 1980: members joined since, people were born before. */
export function looksLikeBirthDates(values: readonly string[]): boolean {
	const years = values.flatMap((value) => /\b(1[89]|20)\d\d\b/.exec(value)?.[0] ?? []).map(Number);
	years.sort((a, b) => a - b);
	return (years[years.length >> 1] ?? 9999) < 1980;
}
