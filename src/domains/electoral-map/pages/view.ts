import type { Words } from '#platform/wording/index.ts';
import { addressOf, criterionName, goalNames, type Sort } from './asked.ts';
import type { Explored } from './explore.ts';
import type { StationLine, Unit } from './lines.ts';
import { originSaid } from './origin-said.ts';
import {
	criterionSaid,
	electionSaid,
	factSaid,
	figureSaid,
	marginSaid,
	reasonSaid,
	themeSaid,
} from './said.ts';

/** A figure of the table. */
export interface Cell {
	text: string;
	margin: string | null;
	/** 0 the least sought third, 2 the most. */
	third: number | null;
	small: boolean;
}

/** A station as pages show it: everything is said. */
export interface ShownStation {
	key: string;
	href: string;
	number: string;
	name: string;
	commune: string | null;
	rank: number | null;
	registered: string;
	/** "abstention 54 %, 60 ans et plus 41 % (± 3 points)". */
	facts: string;
	/** Why it stands there. */
	why: string[];
	cells: Cell[];
	/** Of nine; null when a figure is missing. */
	cell: number | null;
	both: boolean;
	/** Why its estimates are less sure. */
	doubt: string | null;
	/** All of it in one line, for the drawing. */
	spoken: string;
}

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
	stations: ShownStation[];
	sources: string[];
	/** The same question elsewhere. */
	links: { map: string; table: string; csv: string; sorts: Record<Sort, string> };
	sort: Sort;
}

/** Says what was found. The list, the drawing and the table all show these stations. */
export function shown(words: Words, found: Explored, sort: Sort = 'rank'): Shown {
	const said = found.lines.map((line) => stationSaid(words, line, found));
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
		stations: sorted(found.lines, sort).map((line) => said[found.lines.indexOf(line)] as ShownStation),
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
const goalsSaid = ({ say }: Words, { goal, scope, election }: Explored) =>
	(Object.keys(goalNames) as (keyof typeof goalNames)[]).map((one) => ({
		href: addressOf('/carte', { at: scope.id, goal: one, criteria: [], election }),
		label: say(`electoral-map.goal_${one}`),
		current: one === goal,
	}));

function placesSaid({ say }: Words, { grounds, communes, scope }: Explored) {
	const units = grounds.map(({ id, name }) => ({ value: id, label: name }));
	const towns = communes.slice(0, 200).map(({ code, name }) => ({ value: code, label: name }));
	if (scope.id && ![...units, ...towns].some(({ value }) => value === scope.id))
		towns.unshift({ value: scope.id, label: scope.name });
	return [
		{ label: say('electoral-map.places_units'), options: units },
		{ label: say('electoral-map.places_communes'), options: towns },
	].filter(({ options }) => options.length > 0);
}

function linksOf({ scope, goal, criteria, election }: Explored): Shown['links'] {
	const asked = { at: scope.id, goal, criteria, election };
	const table = (tri: Sort | null) => addressOf('/carte/tableau', asked, { tri });
	return {
		map: addressOf('/carte', asked),
		table: table(null),
		csv: addressOf('/carte/tableau.csv', asked),
		sorts: {
			rank: table(null),
			key: table('key'),
			registered: table('registered'),
			first: table('first'),
			second: table('second'),
		},
	};
}

function stationSaid(
	words: Words,
	line: StationLine,
	{ by, criteria, communes, goal, election }: Explored,
): ShownStation {
	const reasons = line.figures.filter((figure) => figure !== null);
	const name = nameSaid(words, line, by);
	const facts = reasons.map((reason) => factSaid(words, reason)).join(', ');
	const told = facts || words.say('electoral-map.not_ranked');
	const [up = null, across = null] = line.thirds;
	return {
		key: line.key,
		href:
			by === 'commune'
				? addressOf('/carte', { at: line.key, goal, criteria, election })
				: `/carte/bureaux/${encodeURIComponent(line.key)}?scrutin=${encodeURIComponent(election ?? '')}`,
		number: line.number,
		name,
		commune: by === 'station' && communes.length > 1 ? line.commune : null,
		rank: line.rank,
		registered: line.registered === null ? '' : words.number(line.registered),
		facts: told,
		why: reasons.map((reason) => reasonSaid(words, reason)),
		cells: criteria.map(({ asked }, n) => {
			const figure = line.figures[n];
			const text = figure ? figureSaid(words, asked, figure.value) : words.say('electoral-map.hidden');
			const third = line.thirds[n] ?? null;
			return { text, margin: figure ? marginSaid(words, figure.margin) : null, third, small: !figure };
		}),
		cell: up === null || across === null ? null : up * 3 + across,
		both: line.both,
		doubt: line.mark === 'fair' || line.mark === 'poor' ? words.say(`electoral-map.mark_${line.mark}`) : null,
		spoken: words.say(`electoral-map.${by}_spoken`, { number: line.number, name, facts: told }),
	};
}
// words: electoral-map.mark_* electoral-map.station_spoken electoral-map.commune_spoken

const nameSaid = ({ say }: Words, { place, commune, number }: StationLine, by: Unit) =>
	by === 'commune' ? commune : (place ?? say('electoral-map.station', { number }));

/** By rank unless asked: figures from the highest, those that are missing last. */
function sorted(lines: StationLine[], sort: Sort): StationLine[] {
	if (sort === 'rank') return lines;
	if (sort === 'key') return lines.toSorted((a, b) => (a.key < b.key ? -1 : 1));
	const at = sort === 'second' ? 1 : 0;
	const figure = (line: StationLine) =>
		(sort === 'registered' ? line.registered : line.figures[at]?.value) ?? Number.NEGATIVE_INFINITY;
	return lines.toSorted((a, b) => figure(b) - figure(a) || (a.key < b.key ? -1 : 1));
}
