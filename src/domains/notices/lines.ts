import type { Words } from '#platform/wording/index.ts';
import type { Notice } from './read.ts';
import { sentenceOf } from './sentence.ts';

/** Notices in words: what is new, then the others by day, as the days are where the organisation is. */
export function linesOf(
	words: Words,
	{ fresh, earlier }: { fresh: Notice[]; earlier: Notice[] },
	timeZone: string,
) {
	const line = (one: Notice) => ({ id: one.id, at: one.at, by: one.by, text: sentenceOf(words, one) });
	const byDay = Map.groupBy(earlier, ({ at }) => words.date(at, 'day', { timeZone }));
	return {
		fresh: fresh.map(line),
		days: [...byDay].map(([day, lines]) => ({ day, lines: lines.map(line) })),
	};
}
