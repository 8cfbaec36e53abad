import type { Asked } from '../measures/criteria.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import { type RoundColumns, reserveOf, swingOf, volatilityOf } from '../measures/rounds.ts';

/** What ballots tell of a criterion: the round looked at, then earlier ones, the latest first. Null for what they do not. */
export function fromRounds(asked: Asked, [now, ...earlier]: RoundColumns[]): Column | null {
	if (!now) return null;
	if (asked === 'abstention') return share(absentOf(now), now.registered);
	if (asked === 'our_share') return share(now.ours, now.valid);
	if (!earlier[0]) return null;
	// Falling is told as what was lost: the highest figure is the deepest fall.
	if (asked === 'falling') {
		const last = earlier.find(knowsOurs) ?? earlier[0];
		return columnFrom({ values: swingOf(now, last, 'refuse').values.map((gap) => -gap) });
	}
	if (asked === 'volatile') return columnFrom({ values: volatilityOf([now, ...earlier], 'refuse').values });
	if (asked === 'reserve') return columnFrom({ values: reserveOf(now, earlier, { when: 'refuse' }).values });
	return null;
}

/** Whether somebody of ours was known at that round. */
export const knowsOurs = ({ ours }: RoundColumns) => ours.some((votes) => !Number.isNaN(votes));

/** Registered people who did not vote. */
export const absentOf = ({ registered, voters }: RoundColumns) =>
	registered.map((all, at) => all - (voters[at] as number));

const share = (count: Float64Array, of: Float64Array) =>
	columnFrom({
		values: count.map((value, at) => (of[at] ? value / (of[at] as number) : Number.NaN)),
		count,
		of,
	});
