import type { MultiPolygon } from 'geojson';
import type { Tx } from '#platform/db.ts';
import type { Criterion } from '../measures/criteria.ts';
import type { StationKey } from '../model.ts';
import { criteriaFor, type Question } from './asked.ts';
import { answerable, type Figure, figureOf, type Rounds, roundsOf } from './figures.ts';
import {
	type Base,
	basesIn,
	type Election,
	electionsIn,
	type Mark,
	marksIn,
	outlinesIn,
	vintagesIn,
	votingPlaces,
} from './loaded.ts';
import type { Commune } from './where.ts';

/** All that a scope has to say about two criteria, in the order of its stations. */
export interface Loaded {
	communes: Commune[];
	stations: StationKey[];
	registered: Float64Array;
	outlines: Map<StationKey, MultiPolygon | null>;
	places: Map<StationKey, string>;
	marks: Map<StationKey, Mark>;
	vintage: string;
	elections: Election[];
	election: Election;
	rounds: Rounds;
	bases: Base[];
	criteria: Criterion[];
	figures: Figure[];
	choices: string[];
}

/** Beyond, a page of plain HTML is too heavy for a phone. */
const MOST_STATIONS = 3000;

/** Reads what the communes have, or says what is missing. Works as the map's own role. */
export async function loadScope(
	tx: Tx,
	communes: Commune[],
	question: Question,
): Promise<Loaded | 'no_results' | 'too_wide'> {
	const codes = communes.map(({ code }) => code);
	const elections = await electionsIn(tx, codes);
	const election = chosenOf(elections, question);
	if (!election) return 'no_results';
	const { rounds, stations, counted } = await roundsOf(tx, { elections, chosen: election, communes: codes });
	if (stations.length > MOST_STATIONS) return 'too_wide';
	const vintage = await vintageFor(tx, election, counted);
	const bases = await basesIn(tx, vintage, counted);
	const possible = answerable(rounds, bases);
	const criteria = criteriaFor(question, (asked) => possible.has(asked));
	const found: Figure[] = [];
	for (const { asked } of criteria) {
		const figure = await figureOf(tx, asked, { rounds, bases, stations });
		if (figure) found.push(figure);
	}
	// Two figures make a map: with fewer, what is loaded does not answer yet.
	if (found.length < 2) return 'no_results';
	return {
		communes: communes.filter(({ code }) => counted.includes(code)),
		stations,
		registered: rounds.now.columns.registered,
		outlines: await outlinesIn(tx, vintage, counted),
		places: await votingPlaces(tx, counted),
		marks: bases[0] ? await marksIn(tx, bases[0]) : new Map(),
		vintage,
		elections,
		election,
		rounds,
		bases,
		criteria,
		figures: found,
		choices: [...possible],
	};
}

/** A round that is being typed has a part of its stations only: it is chosen, never taken for the last one. */
const chosenOf = (elections: Election[], { election }: Question) =>
	elections.find(({ id }) => id === election) ??
	elections.find(({ provisional }) => !provisional) ??
	elections[0];

/** The outlines that the round was counted on, else the latest ones. */
async function vintageFor(tx: Tx, { vintage }: Election, communes: string[]): Promise<string> {
	const known = await vintagesIn(tx, communes);
	return known.includes(vintage) ? vintage : (known[0] ?? vintage);
}
