import { parseRecords } from './records.ts';
import type { Separator } from './types.ts';

const CANDIDATES = [';', '\t', ',', '|'] as const;
const LOOKED_AT = 200;

/** Below this, commas and bars are part of the text of a single column. */
const LEAST_AGREEMENT = 0.65;

/** What separates cells, from the first lines: the candidate that cuts most lines into the same number of cells. */
export function detectSeparator(sample: string): Separator {
	const announced = /^"?sep=([;,\t|])"?\s*\n/i.exec(sample)?.[1];
	if (announced) return announced as Separator;
	let best: { separator: Separator; score: number } = { separator: null, score: LEAST_AGREEMENT };
	for (const separator of CANDIDATES) {
		const score = agreement(sample, separator);
		if (score > best.score) best = { separator, score };
	}
	return best.separator;
}

/** Share of lines that have the commonest width, helped by the share that are cut at all; 0 when that width is one. */
function agreement(sample: string, separator: Separator): number {
	const records = parseRecords(sample, separator).slice(0, LOOKED_AT);
	const widths = records
		.filter((cells) => cells.some((cell) => cell.trim() !== ''))
		.map((cells) => cells.length);
	const counts = new Map<number, number>();
	for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
	const [width = 1, count = 0] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
	const cut = widths.filter((found) => found > 1).length;
	return width < 2 ? 0 : (count + 0.3 * cut) / widths.length + Math.min(width, 50) / 1000;
}
