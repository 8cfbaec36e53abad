import type { Words } from '#platform/wording/index.ts';
import { addressOf, criterionName, goalNames, type Sort } from './asked.ts';
import { type CircleKey, circlesSaid, viewsSaid } from './circles-said.ts';
import type { Explored } from './explore.ts';
import type { StationLine } from './lines.ts';
import { originSaid } from './origin-said.ts';
import { criterionSaid, electionSaid, themeSaid } from './said.ts';
import { latestOf } from './scope.ts';
import { type ShownStation, stationSaid } from './station-said.ts';

export type { ShownStation };

type Option = { value: string; label: string };

/** A page of the map, in the words of the house. */
export interface Shown
	extends Pick<Explored, 'state' | 'by' | 'sizes' | 'drawing' | 'vintage' | 'example' | 'withheld'> {
	place: string;
	count: number;
	at: string;
	goal: string;
	goals: { href: string; label: string; current: boolean }[];
	places: { label: string; options: Option[] }[];
	choices: Option[];
	criteria: { value: string; label: string; theme: string; weight: number; toward: 'high' | 'low' }[];
	elections: Option[];
	election: string;
	/** What circles may count, and how they are read. */
	views: (Option & { current: boolean })[];
	circles: CircleKey | null;
	stations: ShownStation[];
	/** The latest round counted here, when the one asked for was not. */
	latest: { election: string; map: string; table: string } | null;
	/** How many of them one goes to between two rounds; 0 as well when this person may not know. */
	targets: number;
	sources: string[];
	/** The same question elsewhere. */
	links: {
		map: string;
		table: string;
		csv: string;
		png: string;
		figures: string;
		sorts: Record<Sort, string>;
	};
	sort: Sort;
}

/** Says what was found. The list, the drawing and the table all show these stations. */
export function shown(words: Words, found: Explored, sort: Sort = 'rank'): Shown {
	const circles = circlesSaid(words, found);
	const said = found.lines.map((line) => ({
		...stationSaid(words, line, found),
		radius: circles?.of(line.circle ?? 0) ?? null,
	}));
	const { state, by, sizes, drawing, vintage, example, withheld, criteria } = found;
	const named = found.elections.find(({ id }) => id === found.election);
	return {
		...{ state, by, sizes, drawing, vintage, example, withheld, sort },
		place: found.scope.name,
		count: said.length,
		at: found.scope.id,
		goal: goalNames[found.goal],
		goals: goalsSaid(words, found),
		places: placesSaid(words, found),
		choices: found.choices.flatMap((asked) =>
			(['high', 'low'] as const).map((toward) => choiceSaid(words, { asked, toward })),
		),
		criteria: criteria.map((one) => ({
			value: criterionName(one),
			label: criterionSaid(words, one),
			theme: capital(themeSaid(words, one.asked)),
			weight: one.weight,
			toward: one.toward,
		})),
		elections: found.elections.map((one) => ({ value: one.id, label: electionSaid(words, one) })),
		election: named ? electionSaid(words, named) : '',
		views: viewsSaid(words, found),
		circles: circles && { title: circles.title, sizes: circles.sizes },
		stations: sorted(found.lines, sort).map((line) => said[found.lines.indexOf(line)] as ShownStation),
		targets: found.lines.filter(({ target }) => target).length,
		latest: latestSaid(words, found),
		sources: found.origins.map((origin) => originSaid(words, origin, found)),
		links: linksOf(found),
	};
}

const capital = (text: string) => text.slice(0, 1).toLocaleUpperCase() + text.slice(1);

const choiceSaid = (words: Words, { asked, toward }: { asked: string; toward: 'high' | 'low' }): Option => ({
	value: `${asked}-${toward}`,
	label: criterionSaid(words, { asked: asked as never, toward }),
});

// words: electoral-map.goal_*
const goalsSaid = ({ say }: Words, { goal, scope, election, circles }: Explored) =>
	(Object.keys(goalNames) as (keyof typeof goalNames)[]).map((one) => ({
		href: addressOf('/carte', { at: scope.id, goal: one, criteria: [], election, circles }),
		label: say(`electoral-map.goal_${one}`),
		current: one === goal,
	}));

function latestSaid(words: Words, found: Explored): Shown['latest'] {
	const { state, election, elections, scope, goal, criteria, circles } = found;
	const latest = state === 'other_round' && latestOf(elections.filter(({ id }) => id !== election));
	if (!latest) return null;
	const asked = { at: scope.id, goal, criteria, circles, election: latest.id };
	return {
		election: electionSaid(words, latest),
		map: addressOf('/carte', asked),
		table: addressOf('/carte/tableau', asked),
	};
}

function placesSaid({ say }: Words, { grounds, offered, scope }: Explored) {
	const units = grounds.map(({ id, name }) => ({ value: id, label: name }));
	const towns = offered.slice(0, 200).map(({ code, name }) => ({ value: code, label: name }));
	if (scope.id && ![...units, ...towns].some(({ value }) => value === scope.id))
		towns.unshift({ value: scope.id, label: scope.name });
	return [
		{ label: say('electoral-map.places_units'), options: units },
		{ label: say('electoral-map.places_communes'), options: towns },
	].filter(({ options }) => options.length > 0);
}

function linksOf({ scope, goal, criteria, election, circles }: Explored): Shown['links'] {
	const asked = { at: scope.id, goal, criteria, election, circles };
	const table = (tri: Sort | null) => addressOf('/carte/tableau', asked, { tri });
	return {
		map: addressOf('/carte', asked),
		table: table(null),
		csv: addressOf('/carte/tableau.csv', asked),
		png: addressOf('/carte.png', asked),
		figures: addressOf('/carte/chiffres.json', { ...asked, criteria: [] }),
		sorts: {
			rank: table(null),
			key: table('key'),
			registered: table('registered'),
			first: table('first'),
			second: table('second'),
		},
	};
}

/** By rank unless asked: figures from the highest, those that are missing last. */
function sorted(lines: StationLine[], sort: Sort): StationLine[] {
	if (sort === 'rank') return lines;
	if (sort === 'key') return lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
	const at = sort === 'second' ? 1 : 0;
	const figure = (line: StationLine) =>
		(sort === 'registered' ? line.registered : line.figures[at]?.value) ?? Number.NEGATIVE_INFINITY;
	return lines.toSorted((a, b) => figure(b) - figure(a) || (a.key < b.key ? -1 : 1));
}
