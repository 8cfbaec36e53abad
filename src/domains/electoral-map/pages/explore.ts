import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { whoGoesWhere } from '../between/where.ts';
import type { Criterion, Goal, Reason } from '../measures/criteria.ts';
import { alone } from '../store/alone.ts';
import { addressOf, criteriaFor, type Question } from './asked.ts';
import { type Circles, counted } from './circles.ts';
import { type Drawing, draw } from './drawing.ts';
import { type Ranked, rankedBy, type Unit } from './lines.ts';
import { countedIn, type Election } from './loaded.ts';
import { type Origin, originsOf } from './origins.ts';
import { type Elsewhere, type Loaded, loadScope } from './scope.ts';
import { targeted } from './targeted.ts';
import { type Commune, communesOf, communesOffered, type Ground, groundsOf } from './where.ts';

/** What the map answers. */
export interface Explored extends Ranked {
	/** `other_round`: the round asked for was not counted here. */
	state: 'ready' | 'no_ground' | 'no_results' | 'other_round' | 'too_wide';
	scope: { id: string; name: string };
	grounds: Ground[];
	/** Communes of the round looked at. */
	communes: Commune[];
	/** Communes to choose from, whatever the round. */
	offered: Commune[];
	goal: Goal;
	criteria: Criterion[];
	/** Names of all that can be asked here. */
	choices: string[];
	elections: Omit<Election, 'vintage'>[];
	election: string | null;
	/** What each line is. */
	by: Unit;
	/** What circles count; null without circles. */
	circles: Circles | null;
	/** Some candidate is known to be ours. */
	hasOurs: boolean;
	/** Of each station, what was asked besides the criteria, with what may be off; null where it may not be told. */
	beside: Map<string, Beside | null>;
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
		const { at, scope, grounds, communes, sent } = await groundFor(tx, viewer, question.at);
		const asked = { ...question, at };
		const nothing = empty(asked, { scope: scope ?? nowhere, grounds, communes });
		if (communes.length === 0) return nothing;
		const near = await communesOffered(tx, viewer, at, communes);
		return alone(async (own) => {
			const counted = await countedIn(
				own,
				near.map(({ code }) => code),
			);
			const offered = near.filter(({ code }) => counted.has(code));
			return { ...nothing, offered, ...answer(asked, await loadScope(own, communes, question), sent) };
		})(tx);
	});
}

/** Where this person looks, as far as they may. NotFound for a place that is not theirs to look at. */
export async function groundFor(tx: Tx, viewer: Viewer, asked: string | null) {
	const grounds = await groundsOf(tx, viewer, asked);
	const at = asked || closest(grounds);
	const communes = at ? await communesOf(tx, viewer, at) : [];
	const scope = nameOf(at, grounds, communes);
	if (at && !scope) throw notFound();
	const sent = await whoGoesWhere(
		tx,
		viewer,
		communes.map(({ code }) => code),
	);
	return { at, scope, grounds, communes, sent };
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
		offered: [],
		goal: question.goal,
		criteria: criteriaFor(question, () => false),
		choices: [],
		elections: [],
		election: null,
		by: 'station',
		circles: null,
		hasOurs: false,
		lines: [],
		sizes: [],
		withheld: 0,
		beside: new Map(),
		drawing: null,
		vintage: '',
		origins: [],
		example: communes.some(isInvented),
		address: addressOf('', { ...question, criteria: [] }).slice(1),
	};
}

/** Codes of invented places start with a letter that no department has. */
export const isInvented = ({ code }: Commune) => code.startsWith('X');

type Sent = Awaited<ReturnType<typeof whoGoesWhere>>;

function answer(
	question: Question,
	loaded: Awaited<ReturnType<typeof loadScope>>,
	sent: Sent,
): Partial<Explored> {
	if (typeof loaded === 'string') return { state: loaded };
	if ('asked' in loaded) return elsewhere(question, loaded);
	const { criteria, figures, election, communes } = loaded;
	const { circles, stations } = withMarks(question, loaded, sent);
	const columns = figures.map(({ column }) => column);
	const ranked = rankedBy(criteria, columns, stations);
	return {
		...ranked,
		state: 'ready',
		communes,
		criteria,
		choices: loaded.choices,
		elections: loaded.elections.map(({ vintage: _, ...election }) => election),
		election: election.id,
		by: loaded.by,
		circles,
		hasOurs: loaded.rounds.hasOurs,
		beside: besideOf(loaded),
		drawing: draw(ranked.lines.map(({ key }) => loaded.outlines.get(key) ?? [])),
		vintage: loaded.vintage,
		example: communes.some(isInvented),
		origins: originsOf(
			[...criteria, ...(question.beside ? [{ asked: question.beside }] : [])],
			[...figures, ...(loaded.beside ? [loaded.beside] : [])],
			election.id,
		),
		address: addressOf('', { ...question, criteria, election: election.id }).slice(1),
	};
}

/** What was asked for stays in the question; the other rounds are there to be chosen. */
const elsewhere = (question: Question, { asked, elections }: Elsewhere): Partial<Explored> => ({
	state: 'other_round',
	criteria: question.criteria,
	choices: question.criteria.map((one) => one.asked),
	elections: [asked, ...elections],
	election: asked.id,
	address: addressOf('', { ...question, election: asked.id }).slice(1),
});

/** A figure besides the criteria. */
export type Beside = Pick<Reason, 'value' | 'margin'>;

const besideOf = ({ stations, beside }: Loaded): Explored['beside'] =>
	new Map(
		(beside ? stations : []).map(({ key }, at) => {
			const value = beside?.column.values[at] ?? Number.NaN;
			const margin = beside?.column.margin?.[at] ?? null;
			return [key, Number.isNaN(value) ? null : { value, margin }];
		}),
	);

/** The stations with who goes there and the number that each circle shows. Our votes are shown where some are known to be ours. */
export function withMarks({ circles: asked }: Question, { by, rounds, stations }: Loaded, sent: Sent) {
	const circles = asked && (asked === 'absent' || rounds.hasOurs) ? asked : null;
	const numbers = circles && counted(circles, rounds.now.columns);
	const numbered = stations.map((one, at) => ({ ...one, circle: numbers?.[at] ?? null }));
	return { circles, stations: targeted(numbered, by, sent) };
}
