import type { Criterion } from '../measures/criteria.ts';
import type { Figure } from './figures.ts';

/** Where a figure comes from. */
export type Origin =
	| { kind: 'results'; election: string }
	| {
			kind: 'census';
			asked: string;
			base: string;
			year: number | null;
			level: 'iris' | 'commune';
			counted: string;
	  };

/** Where the figures of these criteria come from, the ballots first. */
export function originsOf(
	criteria: Pick<Criterion, 'asked'>[],
	figures: Figure[],
	election: string,
): Origin[] {
	const census = criteria.flatMap(({ asked }, n): Origin[] => {
		const theme = figures[n]?.theme;
		if (!theme) return [];
		const { base, year, level, counted } = theme;
		return [{ kind: 'census', asked, base, year, level, counted }];
	});
	return [{ kind: 'results', election }, ...census];
}
