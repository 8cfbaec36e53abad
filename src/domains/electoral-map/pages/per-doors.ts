import type { Tx } from '#platform/db.ts';
import { type ThemeName, themes } from '../census/columns.ts';
import { columnFrom } from '../measures/ranks.ts';
import type { Figure, Scene } from './figures.ts';
import { fromRounds } from './from-rounds.ts';
import type { Base } from './loaded.ts';
import { themeColumn, themesOf } from './themes.ts';

/** Counts shared out among stations are off by up to so much, measured on real towns; shares are far less. */
const COUNT_ERROR = 0.23;

/** A theme whose whole is the main homes of a place: each is a door to knock at. */
export const homesIn = (bases: Base[]): ThemeName | undefined =>
	themesOf(bases).find((name) => themes[name].counted === 'homes');

/** Votes to win back for a hundred doors, station by station. Null when homes or rounds to compare are missing. */
export async function perDoors(tx: Tx, { rounds, bases, stations }: Scene): Promise<Figure | null> {
	const reserve = fromRounds(
		'reserve',
		[rounds.now, ...rounds.before].map(({ columns }) => columns),
	);
	const theme = homesIn(bases);
	const found = reserve && theme ? await themeColumn(tx, theme, bases, stations) : null;
	if (!reserve || !found) return null;
	const { column: homes, ...about } = found;
	// Homes of a place too small to be told about are not told this way either.
	const of = homes.values.map((value, at) => (Number.isNaN(value) ? value : (homes.of?.[at] as number)));
	const count = reserve.values.map((votes) => 100 * votes);
	const values = count.map((votes, at) => votes / (of[at] as number));
	const margin = values.map((value) => Math.round(value * COUNT_ERROR * 10_000) / 10_000);
	return { column: columnFrom({ values, count, of, margin }), theme: about };
}
