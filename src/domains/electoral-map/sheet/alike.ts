import { read, type Tx } from '#platform/db.ts';
import type { Viewer } from '#platform/viewer.ts';
import { communeOf } from '../ground/keys.ts';
import { nearestProfiles } from '../measures/nearest.ts';
import { type Column, ranksIn } from '../measures/ranks.ts';
import type { StationKey } from '../model.ts';
import { type Election, ownLabels, votingPlaces } from '../pages/loaded.ts';
import { alone } from '../store/alone.ts';
import { ballotsNow, type Territory, territoryNow } from './territory.ts';
import { type Unexplained, unexplainedAt } from './unexplained.ts';
import { communesCovered, type Holder, holdersOf } from './where.ts';

/** A station somewhere that looks like this one and where we do better; which one is told to those who may look at it. */
export interface Likeness {
	commune: string;
	/** Who to write to: the unit closest to people that covers it. */
	unit: Holder;
	/** Our share there, and how much more than here. */
	share: number;
	better: number;
	/** Shares of what makes the profile, here and there. */
	traits: { theme: string; here: number; there: number }[];
	/** Null when its sheet is not theirs to open. */
	station: { key: StationKey; place: string | null } | null;
}

/** What stations like this one tell, or why there is none to show. */
export interface Alike {
	state: 'found' | 'nowhere_better' | 'no_ours' | 'no_profile';
	election: Omit<Election, 'vintage'> | null;
	/** Nearest first, ten at most. */
	list: Likeness[];
	/** Null when too few stations can be compared. */
	unexplained: Unexplained | null;
}

/** Fewer figures than that make no profile. */
const LEAST_THEMES = 3;
/** Less than a point better is not better. */
const LEAST_BETTER = 0.01;
const TRAITS_SHOWN = 3;

/** A station, the round that is compared, and the communes of the unit it is set beside. */
interface Asked {
	key: StationKey;
	election: Alike['election'];
	wide: string[];
}

/** The ten stations of the organisation's whole ground with the nearest profile where we do better, at that round. */
export async function stationsLike(viewer: Viewer, { key, election, wide }: Asked): Promise<Alike> {
	const none = { election, list: [], unexplained: null };
	if (!election) return { ...none, state: 'no_ours' };
	const found = await read(viewer, async (tx) => {
		const covered = await communesCovered(tx);
		return alone((own) => nearest(own, { key, election: election.id, covered, wide }))(tx);
	});
	if (typeof found === 'string') return { ...none, state: found };
	const codes = found.list.map(({ key: other }) => communeOf(other));
	const holders = await read(viewer, (tx) => holdersOf(tx, viewer, [...new Set(codes)]));
	const list = found.list.flatMap(({ key: other, place, ...facts }): Likeness[] => {
		const held = holders.get(communeOf(other));
		if (!held) return [];
		const { commune, unit, own } = held;
		return [{ commune, unit, ...facts, station: own ? { key: other, place } : null }];
	});
	const { unexplained } = found;
	return { state: list.length ? 'found' : 'nowhere_better', election, list, unexplained };
}

type Near = Pick<Likeness, 'share' | 'better' | 'traits'> & { key: StationKey; place: string | null };
type Looked = { key: StationKey; election: string; covered: string[]; wide: string[] };

async function nearest(
	tx: Tx,
	{ key, election, covered, wide }: Looked,
): Promise<{ list: Near[]; unexplained: Unexplained | null } | 'no_ours' | 'no_profile'> {
	const now = await territoryNow(tx);
	const here = now.territory.place.get(key) ?? -1;
	// A figure that is hidden here compares with nothing: it is left out for all.
	const known = [...now.territory.columns].filter(
		([, { values }]) => !Number.isNaN(values[here] ?? Number.NaN),
	);
	if (known.length < LEAST_THEMES) return 'no_profile';
	const { share, registered } = await ballotsNow(tx, now, { election, labels: await ownLabels(tx) });
	if (Number.isNaN(share[here])) return 'no_ours';
	const inside = insideOf(now.territory, covered);
	const profile = known.map(([, column]) => column);
	const found = nearestProfiles(here, { profile, share, inside, least: LEAST_BETTER });
	const telling = mostTelling(known, here, inside);
	const list = found.map(({ station, better }) => ({
		key: now.territory.keys[station] as StationKey,
		share: share[station] as number,
		better,
		traits: telling.map(([theme, { values }]) => ({
			theme,
			here: values[here] as number,
			there: values[station] as number,
		})),
	}));
	const places = await votingPlaces(tx, [...new Set(list.map((one) => communeOf(one.key)))]);
	return {
		list: list.map((one) => ({ ...one, place: places.get(one.key) ?? null })),
		unexplained: unexplainedAt(now.territory, here, { share, registered, around: wide }),
	};
}

/** Which stations stand where some unit is. */
function insideOf({ communes, communeAt }: Territory, covered: string[]): Uint8Array {
	const known = new Set(covered);
	const isCovered = communes.map((commune) => (known.has(commune) ? 1 : 0));
	return Uint8Array.from(communeAt, (at) => isCovered[at] ?? 0);
}

/** What is most out of the ordinary here: that is what a likeness is about. */
function mostTelling(known: [string, Column][], here: number, inside: Uint8Array): [string, Column][] {
	const apart = ([, column]: [string, Column]) =>
		Math.abs((ranksIn(column, inside).middle[here] as number) - 0.5);
	return known
		.map((one) => ({ one, apart: apart(one) }))
		.toSorted((a, b) => b.apart - a.apart)
		.slice(0, TRAITS_SHOWN)
		.map(({ one }) => one);
}
