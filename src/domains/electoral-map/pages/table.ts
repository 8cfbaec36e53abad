import { type CellValue, writeCsv } from '#platform/table/index.ts';
import type { Words } from '#platform/wording/index.ts';
import type { Explored } from './explore.ts';
import type { StationLine } from './lines.ts';
import { originSaid } from './origin-said.ts';
import { electionSaid, themeSaid } from './said.ts';

/** The table as CSV: figures as numbers, what is off beside, then where they come from. */
export const tableFile = (words: Words, found: Explored) => writeCsv(rowsOf(words, found));

function* rowsOf(words: Words, found: Explored): Generator<CellValue[]> {
	const { say } = words;
	const hasTargets = found.lines.some(({ target }) => target);
	const named = found.elections.find(({ id }) => id === found.election);
	yield [
		...['rank', 'key', 'name', 'commune', 'registered'].map((column) =>
			say(`electoral-map.column_${column}`),
		),
		...found.criteria.flatMap(({ asked }) => {
			const theme = themeSaid(words, asked);
			return [theme, say('electoral-map.column_margin', { theme })];
		}),
		say('electoral-map.column_quality'),
		...(hasTargets ? [say('electoral-map.column_target')] : []),
		say('electoral-map.column_election'),
	];
	const election = named ? electionSaid(words, named) : '';
	for (const line of found.lines) yield rowOf(words, line, { election, hasTargets });
	if (found.example) yield [say('electoral-map.example')];
	for (const origin of found.origins) yield [originSaid(words, origin, found)];
}
// words: electoral-map.column_*

const rounded = (value: number | null | undefined) =>
	value === null || value === undefined || Number.isNaN(value) ? null : Math.round(value * 10_000) / 10_000;

const rowOf = (
	{ say }: Words,
	line: StationLine,
	{ election, hasTargets }: { election: string; hasTargets: boolean },
): CellValue[] => [
	line.rank,
	line.key,
	line.place ?? '',
	line.commune,
	line.registered,
	...line.figures.flatMap((figure) => [rounded(figure?.value), rounded(figure?.margin)]),
	line.mark ? say(`electoral-map.quality_${line.mark}`) : '',
	...(hasTargets ? [line.target?.join(', ') ?? ''] : []),
	election,
];
// words: electoral-map.quality_*
