import type { MultiPolygon } from 'geojson';
import type { Tx } from '#platform/db.ts';
import { communeOf } from '../ground/keys.ts';
import type { Criterion } from '../measures/criteria.ts';
import { roundIn, type StationKey } from '../model.ts';
import { criteriaFor, type Question } from './asked.ts';
import { answerable, type Figure, figureOf, type Rounds, roundsOf, type Scene } from './figures.ts';
import { type Mark, numberOf, type Stood, type Unit } from './lines.ts';
import {
	type Base,
	basesIn,
	type Election,
	electionsIn,
	keysIn,
	marksIn,
	outlinesIn,
	vintagesIn,
	votingPlaces,
} from './loaded.ts';
import type { Commune } from './where.ts';

/** All that a scope has to say about two criteria, in the order of its stations. */
export interface Loaded {
	communes: Commune[];
	by: Unit;
	stations: Stood[];
	/** Every station, also where communes are told. */
	members: StationKey[];
	/** Of a station, its own outline; of a commune, those of its stations. */
	outlines: Map<string, MultiPolygon[]>;
	vintage: string;
	elections: Election[];
	election: Election;
	rounds: Rounds;
	bases: Base[];
	criteria: Criterion[];
	figures: Figure[];
	choices: string[];
	/** The figure asked besides the criteria. */
	beside: Figure | null;
}

/** The round asked for was not counted here; others were, the latest first. */
export interface Elsewhere {
	asked: Omit<Election, 'vintage'>;
	elections: Election[];
}

/** Beyond, stations are told commune by commune. The largest town of the country has 896. */
const MOST_STATIONS = 1000;
/** Beyond, a page of plain HTML is too heavy for a phone; the largest region has 4 400 communes. */
const MOST_COMMUNES = 5000;

/** Reads what the communes have, or says what is missing. Works as the map's own role. */
export async function loadScope(
	tx: Tx,
	communes: Commune[],
	question: Question,
	most = MOST_STATIONS,
): Promise<Loaded | Elsewhere | 'no_results' | 'too_wide'> {
	const codes = communes.map(({ code }) => code);
	const elections = await electionsIn(tx, codes);
	const election = chosenOf(elections, question);
	if (!election) return 'no_results';
	const asked = roundIn(question.election ?? '');
	if (asked && asked.id !== election.id) return { asked, elections };
	const stations = await keysIn(tx, election.id, codes);
	const counted = new Set(stations.map(communeOf));
	const by = stations.length > most && counted.size > 1 ? 'commune' : 'station';
	if (by === 'commune' && counted.size > MOST_COMMUNES) return 'too_wide';
	const { rounds, keys } = await roundsOf(tx, { elections, chosen: election, communes: [...counted], by });
	const vintage = await vintageFor(tx, election, [...counted]);
	const bases = await basesIn(tx, vintage, [...counted]);
	const answered = await figuresIn(tx, question, { rounds, bases, keys, by, stations });
	// Two figures make a map: with fewer, what is loaded does not answer yet.
	if (answered.figures.length < 2) return 'no_results';
	const inside = communes.filter(({ code }) => counted.has(code));
	const scene = { by, keys, rounds, base: bases[0] };
	return {
		...answered,
		communes: inside,
		by,
		members: stations,
		stations: await (by === 'commune' ? communesStood(inside, scene) : stationsStood(tx, inside, scene)),
		outlines: await drawnIn(tx, vintage, inside, by),
		vintage,
		elections,
		election,
		rounds,
		bases,
	};
}

/** The round that is asked for, else the last one. A round that is being typed has a part of its stations only: it is chosen, never taken for the last one. */
const chosenOf = (elections: Election[], { election }: Question) =>
	elections.find(({ id }) => id === election) ?? latestOf(elections);

/** The last round that is whole, else the one that is being typed. */
export const latestOf = <E extends Pick<Election, 'provisional'>>(elections: E[]): E | undefined =>
	elections.find(({ provisional }) => !provisional) ?? elections[0];

async function figuresIn(tx: Tx, question: Question, scene: Scene) {
	const possible = answerable(scene.rounds, scene.bases, scene.by);
	const criteria = criteriaFor(question, (asked) => possible.has(asked));
	const figures: Figure[] = [];
	for (const { asked } of criteria) {
		const figure = await figureOf(tx, asked, scene);
		if (figure) figures.push(figure);
	}
	const { beside } = question;
	return {
		criteria,
		figures,
		choices: [...possible],
		beside: beside && possible.has(beside) ? await figureOf(tx, beside, scene) : null,
	};
}

/** The outlines that the round was counted on, else the latest ones. */
async function vintageFor(tx: Tx, { vintage }: Election, communes: string[]): Promise<string> {
	const known = await vintagesIn(tx, communes);
	return known.includes(vintage) ? vintage : (known[0] ?? vintage);
}

interface Standing {
	keys: string[];
	rounds: Rounds;
	base: Base | undefined;
}

const known = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value);

async function stationsStood(
	tx: Tx,
	communes: Commune[],
	{ keys, rounds, base }: Standing,
): Promise<Stood[]> {
	const codes = communes.map(({ code }) => code);
	const names = new Map(communes.map(({ code, name }) => [code, name]));
	const places = await votingPlaces(tx, codes);
	const marks = base ? await marksIn(tx, base) : new Map<string, Mark>();
	return keys.map((key, at) => ({
		key,
		number: numberOf(key),
		place: places.get(key) ?? null,
		commune: names.get(communeOf(key)) ?? '',
		registered: known(rounds.now.columns.registered[at]),
		mark: marks.get(key) ?? null,
	}));
}

/** What is cut inside a commune comes together again: nothing of it is less sure. */
async function communesStood(communes: Commune[], { keys, rounds }: Standing): Promise<Stood[]> {
	const names = new Map(communes.map(({ code, name }) => [code, name]));
	return keys.map((key, at) => ({
		key,
		number: '',
		place: null,
		commune: names.get(key) ?? '',
		registered: known(rounds.now.columns.registered[at]),
		mark: null,
	}));
}

async function drawnIn(tx: Tx, vintage: string, communes: Commune[], by: Unit) {
	const outlines = await outlinesIn(
		tx,
		vintage,
		communes.map(({ code }) => code),
	);
	const found = new Map<string, MultiPolygon[]>();
	for (const [key, outline] of outlines) {
		if (!outline) continue;
		const whole = by === 'commune' ? communeOf(key) : key;
		found.set(whole, [...(found.get(whole) ?? []), outline]);
	}
	return found;
}
