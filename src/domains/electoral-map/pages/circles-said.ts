import type { Words } from '#platform/wording/index.ts';
import { type Circles, circleNames, scaleOf } from './circles.ts';
import type { Explored } from './explore.ts';

/** How circles are said. */

/** The number of a circle with what it counts: "152 voix pour nous". Nothing without circles. */
// words: electoral-map.circle_*
export const circleSaid = (
	{ say }: Pick<Words, 'say'>,
	circles: Circles | null,
	n: number | null | undefined,
) => (circles && n !== null && n !== undefined ? [say(`electoral-map.circle_${circles}`, { n })] : []);

/** Three circles of a picture, and what they count. */
export interface CircleKey {
	title: string;
	sizes: { radius: number; label: string }[];
}

/** Circles of a picture: how wide each is, and three of them with their numbers for the legend. */
// words: electoral-map.circles_*
export function circlesSaid(words: Words, { circles, lines, drawing }: Explored) {
	if (!circles || !drawing) return null;
	const { radius, sizes } = scaleOf(
		lines.map(({ circle }) => circle ?? 0),
		drawing,
	);
	const exact = (n: number) => Math.round(radius(n) * 10) / 10;
	return {
		title: words.say(`electoral-map.circles_${circles}`),
		sizes: sizes.map((n) => ({ radius: exact(n), label: words.number(n) })),
		of: exact,
	};
}

/** What the map may show besides colours. */
// words: electoral-map.view_*
export function viewsSaid({ say }: Words, { circles, hasOurs, state }: Explored) {
	const possible = (['ours', 'absent'] as const).filter((one) => one === 'absent' || hasOurs);
	if (state !== 'ready') return [];
	return [null, ...possible].map((one) => ({
		value: one ? circleNames[one] : '',
		label: say(`electoral-map.view_${one ?? 'colours'}`),
		current: one === circles,
	}));
}
