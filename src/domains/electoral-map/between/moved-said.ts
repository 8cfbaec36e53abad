import type { Words } from '#platform/wording/index.ts';
import type { Fraction } from '../measures/fraction.ts';
import { electionSaid, percent } from '../pages/said.ts';
import type { Transfer, Transfers } from '../transfers/estimate.ts';
import type { Choice } from '../transfers/margins.ts';
import { sayTransfer } from '../transfers/say.ts';
import { before, type Moved } from './moved.ts';

/** Under it, a way that people went is not told by itself. */
const FEW = 0.05;

/** How votes moved, in words. */
export function movedSaid(words: Words, { unit, units, elections, from, to, estimated }: Moved) {
	const options = (all: Moved['elections']) =>
		all.map((one) => ({ value: one.id, label: electionSaid(words, one) }));
	return {
		...{ unitId: unit.id, from: from?.id ?? null, to: to?.id ?? null },
		units: units.map(({ id, name }) => ({ value: id, label: name })),
		rounds: options(elections),
		earlier: options(before(elections, to)),
		pair:
			from && to
				? words.say('electoral-map.transfers_between', {
						from: electionSaid(words, from),
						to: electionSaid(words, to),
						place: unit.name,
					})
				: null,
		state: estimated?.state ?? null,
		at: estimated?.at ?? null,
		// words: electoral-map.transfers_stale_*
		stale: estimated?.stale ? words.say(`electoral-map.transfers_stale_${estimated.stale}`) : null,
		problems: (estimated?.problems ?? []).map((problem) => sentence(words, problem)),
		...(estimated?.result ? tableSaid(words, estimated.result) : { stations: null, remarks: [], rows: [] }),
	};
}
export type ShownMoved = ReturnType<typeof movedSaid>;

// words: electoral-map.transfers_*
const sentence = (words: Words, { key, args }: { key: string; args?: object }) =>
	words.say(key as 'electoral-map.transfers_warning', args as never);

// words: electoral-map.transfers_from_*
function tableSaid(words: Words, result: Transfers) {
	const { from, to, cells, stations, registered, coverage, remarks } = result;
	const told = (row: number) =>
		cells.filter((cell) => cell.from === row).toSorted((a, b) => b.share - a.share);
	return {
		stations: words.say('electoral-map.transfers_stations', {
			...{ n: stations, registered: words.number(registered), share: percent(words, coverage) },
		}),
		remarks: remarks.map((remark) => sentence(words, remark)),
		rows: from.map((choice, row) => ({
			name: words.say(`electoral-map.transfers_from_${choice.kind}`, { choice: choice.name }),
			size: words.say('electoral-map.transfers_size', { n: Math.round(choice.total) }),
			cells: told(row)
				.filter(({ share }) => share >= FEW)
				.map((cell) => ({
					to: choiceSaid(words, to[cell.to] as Choice),
					said: cellSaid(words, cell),
				})),
		})),
	};
}

const choiceSaid = (words: Words, { kind, name }: Choice) =>
	kind === 'candidate' ? name : words.say(`electoral-map.transfers_${kind}`);

// words: electoral-map.fraction_* electoral-map.transfers_range electoral-map.transfers_least electoral-map.transfers_most electoral-map.transfers_alone electoral-map.transfers_unknown
function cellSaid(words: Words, cell: Transfer): string {
	const { key, middle, low, high } = sayTransfer(cell);
	const fraction = ({ parts, of, sense }: Fraction) =>
		words.say(`electoral-map.fraction_${sense}`, { parts, of });
	const told = fraction(middle);
	const about =
		middle.sense === 'about' ? words.say('electoral-map.transfers_about', { middle: told }) : told;
	return words.say(key, { middle: about, low: fraction(low), high: fraction(high) });
}
