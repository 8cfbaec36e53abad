import type { Words } from '#platform/wording/index.ts';
import type { Criterion, Reason } from '../measures/criteria.ts';
import type { Election } from './loaded.ts';

/** The words that figures need: those of a page, or the few that a browser was given. */
export type Saying = Pick<Words, 'say' | 'number'>;

/** How figures, criteria and rounds are said. */

/** A round in words: "Municipales 2026, 1er tour". */
// words: electoral-map.vote_*
export function electionSaid({ say }: Saying, election: Omit<Election, 'vintage'>): string {
	const { id, year, kind, round, provisional } = election;
	const kinds = ['pres', 'legi', 'euro', 'regi', 'muni', 'dpmt', 'cant'];
	const name =
		!kind || !kinds.includes(kind) || !year
			? id
			: say('electoral-map.round', {
					kind: say(`electoral-map.vote_${kind}`),
					year: String(year),
					round: round ?? 1,
				});
	return provisional ? say('electoral-map.round_provisional', { round: name }) : name;
}

/** What is asked, alone: "abstention", "60 ans et plus". */
// words: electoral-map.theme_*
export const themeSaid = ({ say }: Saying, asked: string) => say(`electoral-map.theme_${asked}`);

/** A criterion as a person looks for it: "beaucoup d'abstention". */
// words: electoral-map.of_* electoral-map.criterion_*
export const criterionSaid = ({ say }: Saying, { asked, toward }: Pick<Criterion, 'asked' | 'toward'>) =>
	say(`electoral-map.criterion_${toward}`, { of: say(`electoral-map.of_${asked}`) });

const inPoints = new Set(['falling', 'volatile']);

/** A figure with its unit: a share, points of share, or votes. */
export function figureSaid(words: Saying, asked: string, value: number): string {
	if (asked === 'reserve') return words.say('electoral-map.votes', { n: Math.round(value) });
	if (asked === 'per_doors') return plain(words, value);
	if (inPoints.has(asked)) return words.say('electoral-map.points', { n: Math.round(value * 100) });
	return percent(words, value);
}

/** A number to the tenth. */
const plain = (words: Saying, value: number) => words.number(value, { maximumFractionDigits: 1 });

/** A share, to the point. */
export const percent = (words: Saying, value: number) =>
	words.number(value, { style: 'percent', maximumFractionDigits: 0 });

/** What may be off on each side: "± 3 points". Null for what was counted. */
export function marginSaid(words: Saying, margin: number | null, asked = ''): string | null {
	if (margin === null || Number.isNaN(margin)) return null;
	if (asked === 'per_doors') return words.say('electoral-map.margin_plain', { n: plain(words, margin) });
	return words.say('electoral-map.margin', { n: Math.max(1, Math.round(margin * 100)) });
}

/** A figure with its name: "abstention 54 %". */
export function factSaid(words: Saying, { asked, value, margin }: Reason): string {
	const figure = figureSaid(words, asked, value);
	const off = marginSaid(words, margin, asked);
	return `${themeSaid(words, asked)} ${figure}${off ? ` (${off})` : ''}`;
}

/** Why a station is where it is: its place for each criterion, and the mean it is set against. */
export const reasonSaid = (words: Saying, { asked, toward, rank, mean }: Reason) =>
	words.say(`electoral-map.reason_${toward}`, {
		rank,
		theme: themeSaid(words, asked),
		mean: figureSaid(words, asked, mean),
	});
// words: electoral-map.reason_*
