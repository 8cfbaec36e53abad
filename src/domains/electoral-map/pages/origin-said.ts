import type { Words } from '#platform/wording/index.ts';
import type { Explored } from './explore.ts';
import type { Origin } from './origins.ts';
import { electionSaid, themeSaid } from './said.ts';

/** Where a figure comes from, with its year. */
// words: electoral-map.source_*
export function originSaid(
	words: Words,
	origin: Origin,
	{ elections, vintage }: Pick<Explored, 'elections' | 'vintage'>,
) {
	if (origin.kind === 'results') {
		const round = elections.find(({ id }) => id === origin.election);
		return words.say('electoral-map.source_results', {
			election: round ? electionSaid(words, round) : origin.election,
			vintage,
		});
	}
	const { asked, year, level } = origin;
	if (asked === 'per_doors')
		return words.say('electoral-map.source_doors', {
			theme: themeSaid(words, asked),
			year: String(year ?? '?'),
		});
	return words.say(`electoral-map.source_${level}`, {
		theme: themeSaid(words, asked),
		year: year === null ? '?' : String(year),
	});
}
