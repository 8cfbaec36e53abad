const plain = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const secret = /^(|s|c|ns|nd|na|n\/a|\.|-)$/i;

/** A figure as INSEE writes it, point or comma; NaN where it gives none (empty, `s`, `nd`), null when it is no figure. */
export function figureOf(cell: string): number | null {
	if (plain.test(cell)) return Number(cell);
	const text = cell.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
	if (secret.test(text)) return Number.NaN;
	return plain.test(text) ? Number(text) : null;
}
