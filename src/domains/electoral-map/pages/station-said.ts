import { addressOf, stationAddress } from './asked.ts';
import { circleSaid } from './circles-said.ts';
import type { Explored } from './explore.ts';
import type { StationLine, Unit } from './lines.ts';
import { factSaid, figureSaid, marginSaid, reasonSaid, type Saying } from './said.ts';

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
	/** That one goes there between two rounds, and who. */
	target: string | null;
	/** Their names alone. */
	units: string;
	/** Why its estimates are less sure. */
	doubt: string | null;
	/** All of it in one line, for the drawing. */
	spoken: string;
	/** Of its circle, in the picture's unit. */
	radius: number | null;
}

/** What is asked of all of them. */
export type Told = Pick<Explored, 'by' | 'criteria' | 'communes' | 'goal' | 'election' | 'circles'>;

/** A station in words: on the server, and in the browser while a slider moves. */
export function stationSaid(words: Saying, line: StationLine, asked: Told): ShownStation {
	const { by, criteria, communes, circles } = asked;
	const reasons = line.figures.filter((figure) => figure !== null);
	const name = nameSaid(words, line, by);
	const facts = [
		...reasons.map((reason) => factSaid(words, reason)),
		...circleSaid(words, circles, line.circle),
	].join(', ');
	const told = facts || words.say('electoral-map.not_ranked');
	const target = targetSaid(words, line, by);
	const [up = null, across = null] = line.thirds;
	return {
		key: line.key,
		href: hrefOf(line.key, asked),
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
			return { text, margin: figure ? marginSaid(words, figure.margin, asked) : null, third, small: !figure };
		}),
		cell: up === null || across === null ? null : up * 3 + across,
		both: line.both,
		...target,
		doubt: line.mark === 'fair' || line.mark === 'poor' ? words.say(`electoral-map.mark_${line.mark}`) : null,
		radius: null,
		spoken: spokenSaid(words, line.number, name, [told, target.target ?? []].flat().join('. ')),
	};
}
// words: electoral-map.mark_*

/** A station leads to its sheet; a commune, to its stations. */
const hrefOf = (key: string, { by, criteria, goal, election, circles }: Told) =>
	by === 'commune'
		? addressOf('/carte', { at: key, goal, criteria, election, circles })
		: stationAddress(key, election);

// words: electoral-map.targeted_*
function targetSaid({ say }: Saying, { target }: StationLine, by: Unit) {
	const units = target?.join(', ') ?? '';
	return { target: units ? say(`electoral-map.targeted_${by}`, { units }) : null, units };
}

const nameSaid = ({ say }: Saying, { place, commune, number }: StationLine, by: Unit) =>
	by === 'commune' ? commune : (place ?? say('electoral-map.station', { number }));

/** A commune has no number. */
const spokenSaid = ({ say }: Saying, number: string, name: string, facts: string) =>
	number
		? say('electoral-map.station_spoken', { number, name, facts })
		: say('electoral-map.commune_spoken', { name, facts });
