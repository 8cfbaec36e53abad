import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { roundIn, type StationKey } from '../model.ts';
import { type Alike, stationsLike } from '../sheet/alike.ts';
import { type LeftStation, leftBeside } from '../sheet/left.ts';
import { profileAt, type Trait } from '../sheet/profile.ts';
import { type Round, roundsAt } from '../sheet/rounds.ts';
import { communesOfAll, type Holder, holdersOf } from '../sheet/where.ts';
import { alone } from '../store/alone.ts';
import { type VotingPlace, votingPlaceOf } from '../store/places.ts';
import { type Explored, explore } from './explore.ts';
import type { StationLine } from './lines.ts';
import { outlinesIn, ownLabels } from './loaded.ts';
import { neighboursOf } from './neighbours.ts';
import { type Merged, mergedInto } from './where.ts';

/** A station, beside its commune and the unit around. */
export interface Sheet {
	station: StationLine;
	commune: string;
	/** Its commune is of before a merger. */
	merged: Merged | null;
	/** Where its voters go. */
	place: VotingPlace | null;
	/** Stations of this commune that results still tell under a former one. */
	left: LeftStation[];
	/**
	 * The unit above the section: it is the same for whoever reads, so that two people quote one figure. Its averages
	 * rest on sums over all its communes, those included that this person may not look at one by one.
	 */
	reference: Holder | null;
	rounds: Round[];
	profile: Trait[];
	neighbours: StationKey[];
	/** Stations that look like it elsewhere and where we do better. */
	alike: Alike;
	/** The commune's map, where the station stands. */
	around: Explored;
	/** The round asked for, where it was not counted: the map is then of the latest. */
	missed: ReturnType<typeof roundIn>;
}

/** Everything about one station. NotFound when its commune is not theirs to look at, or has no such station. */
export async function stationSheet(viewer: Viewer, key: StationKey, election: string | null): Promise<Sheet> {
	const code = key.slice(0, Math.max(key.indexOf('_'), 0));
	if (!code) throw notFound();
	const seen = (round: string | null) =>
		explore(viewer, {
			at: code,
			goal: 'door_to_door',
			criteria: [],
			election: round,
			beside: 'per_doors',
			sort: 'rank',
		});
	const asked = await seen(election);
	const missed = asked.state === 'other_round' ? roundIn(asked.election ?? '') : null;
	const around = missed ? await seen(null) : asked;
	const station = around.lines.find((line) => line.key === key);
	if (!station) throw notFound();
	const { wide, ...more } = await read(viewer, async (tx) => {
		const reference = (await holdersOf(tx, viewer, [code])).get(code)?.reference ?? null;
		const wide = reference ? await communesOfAll(tx, reference.id) : [];
		const merged = await mergedInto(tx, viewer, code);
		return {
			reference,
			wide,
			merged,
			...(await alone((own) => figuresAt(own, { key, code, wide }, around))(tx)),
		};
	});
	const alike = await stationsLike(viewer, {
		key,
		election: roundOfOurs(more.rounds, around.election),
		wide,
	});
	return { station, commune: around.scope.name, around, missed, ...more, alike };
}

/** The round looked at when somebody was ours there, else the last one where somebody was. */
function roundOfOurs(rounds: Round[], election: string | null): Alike['election'] {
	const told = rounds.filter(({ ours }) => ours.here !== null);
	return (told.find((round) => round.election.id === election) ?? told[0])?.election ?? null;
}

async function figuresAt(
	tx: Tx,
	where: { key: StationKey; code: string; wide: string[] },
	{ vintage, lines }: Explored,
) {
	const labels = await ownLabels(tx);
	const stations = lines.map((line) => line.key);
	return {
		rounds: await roundsAt(tx, { ...where, vintage, labels }),
		profile: await profileAt(tx, { ...where, vintage, stations }),
		place: await votingPlaceOf(tx, where.key),
		left: await leftBeside(tx, where.code),
		neighbours: neighboursOf(await outlinesIn(tx, vintage, [where.code]), where.key),
	};
}
