import type { Words } from '#platform/wording/index.ts';
import { electionSaid, percent } from '../pages/said.ts';
import type { Change, Changes } from './changes.ts';
import { nameSaid, roundsAt } from './said.ts';

type Option = { value: string; label: string };

/** A station of the list of changes, in words. */
interface ShownChange {
	key: string;
	name: string;
	commune: string | null;
	facts: string;
	why: string;
	/** Among the first, that a button would take. */
	first: boolean;
}

/** What changed, in words. */
export interface ShownChanges {
	state: Changes['state'];
	unit: string;
	unitId: string;
	election: string | null;
	title: string;
	before: string | null;
	units: Option[];
	places: Option[];
	elections: Option[];
	earlier: Option[];
	compared: string;
	redrawn: string | null;
	lines: ShownChange[];
	first: number;
	links: { transfers: string };
}

/** A gap in points, with its sign. */
const gapSaid = (words: Words, gap: number) => {
	const n = Math.round(gap * 100);
	return words.say('electoral-map.gap', {
		n: Math.abs(n),
		gap: words.number(n, { signDisplay: 'exceptZero' }),
	});
};

/** How many are checked before anybody touches the list: what a section does in two evenings. */
const FIRST = 10;

const hasReserve = ({ reserve }: Change) => reserve !== null && Math.round(reserve) > 0;

/** Says what changed; of those where votes sleep, the first ones are checked. */
export function changesShown(words: Words, found: Changes): ShownChanges {
	const { state, unit, units, communes, election, before, lines } = found;
	const first = Math.min(FIRST, lines.filter(hasReserve).length);
	const options = (all: Changes['elections']) =>
		all.map((one) => ({ value: one.id, label: electionSaid(words, one) }));
	const at = election ? found.elections.indexOf(election) : 0;
	return {
		...{ state, unit: unit.name, unitId: unit.id, election: election?.id ?? null, first },
		title: election ? electionSaid(words, election) : '',
		before: before?.id ?? null,
		units: units.map(({ id, name }) => ({ value: id, label: name })),
		places: [
			{ value: unit.id, label: unit.name },
			...communes.slice(0, 200).map(({ code, name }) => ({ value: code, label: name })),
		],
		elections: options(found.elections),
		earlier: options(found.elections.slice(at + 1).filter(({ vintage }) => vintage === election?.vintage)),
		compared: before
			? words.say('electoral-map.changes_since', { round: electionSaid(words, before) })
			: words.say('electoral-map.changes_alone'),
		redrawn: found.redrawn.length
			? words.say('electoral-map.changes_redrawn', {
					rounds: words.list(found.redrawn.map((one) => electionSaid(words, one))),
				})
			: null,
		lines: lines.map((line, n) => changeSaid(words, line, { found, isFirst: n < first })),
		links: { transfers: `${roundsAt}/reports?ou=${unit.id}` },
	};
}

function changeSaid(
	words: Words,
	line: Change,
	{ found, isFirst }: { found: Changes; isFirst: boolean },
): ShownChange {
	const { say } = words;
	const share = (value: number, gap: number | null) =>
		gap === null
			? percent(words, value)
			: say('electoral-map.change_share', { share: percent(words, value), gap: gapSaid(words, gap) });
	const facts = [
		say('electoral-map.change_registered', { n: line.registered }),
		line.turnout === null
			? null
			: say('electoral-map.change_turnout', { share: share(line.turnout, line.turnoutGap) }),
		line.ours === null ? null : say('electoral-map.change_ours', { share: share(line.ours, line.oursGap) }),
	];
	return {
		key: line.key,
		name: nameSaid(words, line),
		commune: found.communes.length > 1 ? line.commune : null,
		facts: facts.filter((fact) => fact !== null).join(' · '),
		why: whySaid(words, line, found),
		first: isFirst,
	};
}

// words: electoral-map.reserve_*
function whySaid(words: Words, line: Change, { hasOurs }: Changes): string {
	const { reserve, best, turnout } = line;
	if (reserve === null || best === null) return words.say('electoral-map.change_redrawn');
	const told = { n: Math.round(reserve), best: percent(words, best) };
	if (hasReserve(line)) return words.say(`electoral-map.reserve_${hasOurs ? 'ours' : 'any'}`, told);
	const isBest = turnout === null || turnout > best - 0.005;
	return words.say(`electoral-map.reserve_${isBest ? 'none' : 'no_votes'}`, told);
}
