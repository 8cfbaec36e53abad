/**
 * The bytes that a `range` header asks for, first and last included: null for the whole file (none asked, several, or
 * not understood), `outside` when the file has none of them.
 */
export function rangeIn(
	header: string | null,
	size: number,
): { start: number; end: number } | 'outside' | null {
	const [, first, last] = header?.match(/^bytes=(\d{0,15})-(\d{0,15})$/) ?? [];
	if (first === undefined || last === undefined || !(first || last)) return null;
	const start = first ? Number(first) : Math.max(0, size - Number(last));
	const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
	if (start >= size) return 'outside';
	return start > end ? null : { start, end };
}
