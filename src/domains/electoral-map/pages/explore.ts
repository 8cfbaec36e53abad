import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { bivariate, NO_CLASS } from '../measures/classes.ts';
import {
	type AskedColumn,
	type Criterion,
	crossCriteria,
	type Goal,
	type Reason,
} from '../measures/criteria.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import { alone } from '../store/alone.ts';
import { addressOf, criteriaFor, type Question } from './asked.ts';
import { type Drawing, draw } from './drawing.ts';
import type { Figure } from './figures.ts';
import type { Election, Mark } from './loaded.ts';
import { type Origin, originsOf } from './origins.ts';
import { type Loaded, loadScope } from './scope.ts';
import { type Commune, communesOf, type Ground, groundsOf } from './where.ts';

/** A station of the list, of the drawing and of the table: the same one. */
export interface StationLine {
	key: string;
	/** The station's own number, without the zeros. */
	number: string;
	place: string | null;
	commune: string;
	/** From 1; null when a figure is missing or may not be shown. */
	rank: number | null;
	registered: number | null;
	/** One per criterion, in their order; null where there is no figure to show. */
	figures: (Reason | null)[];
	/** Too few people are behind that figure. */
	small: boolean[];
	/** The third where each figure falls: 0 the least sought, 2 the most; null without. */
	thirds: (number | null)[];
	/** Both are in the sought third. */
	both: boolean;
	mark: Mark | null;
}

/** What the map answers. */
export interface Explored {
	state: 'ready' | 'no_ground' | 'no_results' | 'too_wide';
	scope: { id: string; name: string };
	grounds: Ground[];
	communes: Commune[];
	goal: Goal;
	criteria: Criterion[];
	/** Names of all that can be asked here. */
	choices: string[];
	elections: Omit<Election, 'vintage'>[];
	election: string | null;
	/** Best first, then those that are not ranked. */
	lines: StationLine[];
	/** Of nine, as `bivariate` numbers them. */
	sizes: number[];
	withheld: number;
	drawing: Drawing | null;
	vintage: string;
	origins: Origin[];
	/** The commune does not exist: figures made to show. */
	example: boolean;
	/** Parts of the address that say the same question. */
	address: string;
}

/** Answers a question about the ground of this person. NotFound for a place that is not theirs to look at. */
export async function explore(viewer: Viewer, question: Question): Promise<Explored> {
	return read(viewer, async (tx) => {
		const grounds = await groundsOf(tx, viewer, question.at);
		const at = question.at || closest(grounds);
		const communes = at ? await communesOf(tx, viewer, at) : [];
		const scope = nameOf(at, grounds, communes);
		if (at && !scope) throw notFound();
		const asked = { ...question, at };
		const nothing = empty(asked, { scope: scope ?? nowhere, grounds, communes });
		if (communes.length === 0) return nothing;
		const loaded = await alone((own) => loadScope(own, communes, question))(tx);
		return { ...nothing, ...answer(asked, loaded) };
	});
}

const nowhere = { id: '', name: '' };

const closest = (grounds: Ground[]) => (grounds.find(({ own }) => own) ?? grounds[0])?.id ?? null;

/** What is looked at, by its name; null for what is not theirs to look at. */
function nameOf(at: string | null, grounds: Ground[], communes: Commune[]): Explored['scope'] | null {
	const ground = grounds.find(({ id }) => id === at);
	const commune = communes.find(({ code }) => code === at);
	return at && (ground ?? commune) ? { id: at, name: (ground ?? commune)?.name ?? '' } : null;
}

function empty(
	question: Question,
	{ scope, grounds, communes }: Pick<Explored, 'scope' | 'grounds' | 'communes'>,
): Explored {
	return {
		state: 'no_ground',
		scope,
		grounds,
		communes: [],
		goal: question.goal,
		criteria: criteriaFor(question, () => false),
		choices: [],
		elections: [],
		election: null,
		lines: [],
		sizes: [],
		withheld: 0,
		drawing: null,
		vintage: '',
		origins: [],
		example: communes.some(isInvented),
		address: addressOf('', { ...question, criteria: [] }).slice(1),
	};
}

/** Codes of invented places start with a letter that no department has. */
export const isInvented = ({ code }: Commune) => code.startsWith('X');

function answer(question: Question, loaded: Awaited<ReturnType<typeof loadScope>>): Partial<Explored> {
	if (typeof loaded === 'string') return { state: loaded };
	const { criteria, figures, election, communes } = loaded;
	const { lines, sizes, withheld } = linesOf(loaded);
	return {
		state: 'ready',
		communes,
		criteria,
		choices: loaded.choices,
		elections: loaded.elections.map(({ vintage: _, ...election }) => election),
		election: election.id,
		lines,
		sizes,
		withheld,
		drawing: draw(lines.map(({ key }) => loaded.outlines.get(key) ?? null)),
		vintage: loaded.vintage,
		origins: originsOf(criteria, figures, election.id),
		address: addressOf('', { ...question, criteria, election: election.id }).slice(1),
	};
}

function linesOf({ criteria, figures, stations, ...loaded }: Loaded) {
	const inside = new Uint8Array(stations.length).fill(1);
	const asked: AskedColumn[] = criteria.map((one, n) => ({ ...one, column: (figures[n] as Figure).column }));
	const crossed = crossCriteria(asked, inside, stations.length);
	const sought = asked.map(toward);
	const { cells, across, up, sizes } = bivariate(sought[1] as Column, sought[0] as Column, inside);
	const reasons = new Map(crossed.list.map((one) => [one.station, one.reasons]));
	const order = [...crossed.list.map(({ station }) => station)];
	const unranked = stations.map((_, at) => at).filter((at) => !reasons.has(at));
	const thirdsOf = (at: number) =>
		[up, across].map(({ classes }) => (classes[at] === NO_CLASS ? null : classes[at]!));
	const lines = [...order, ...unranked].map((at): StationLine => {
		const key = stations[at] as string;
		const registered = loaded.registered[at] as number;
		return {
			key,
			number: numberOf(key),
			place: loaded.places.get(key) ?? null,
			commune: loaded.communes.find(({ code }) => key.startsWith(`${code}_`))?.name ?? '',
			rank: crossed.ranks[at] || null,
			registered: Number.isNaN(registered) ? null : registered,
			figures: reasons.get(at) ?? asked.map(() => null),
			small: figures.map(({ theme }) => theme?.small[at] === 1),
			thirds: thirdsOf(at),
			both: cells[at] === 8,
			mark: figures.some(({ theme }) => theme) ? (loaded.marks.get(key) ?? null) : null,
		};
	});
	return { lines, sizes, withheld: crossed.withheld };
}

/** The sought end is always the high one of what is drawn. */
function toward({ column, toward }: AskedColumn): Column {
	return toward === 'high' ? column : columnFrom({ values: column.values.map((value) => -value) });
}

/** `X01001_0010` is station 10. */
export const numberOf = (key: string) => key.slice(key.indexOf('_') + 1).replace(/^0+(?=.)/, '');
