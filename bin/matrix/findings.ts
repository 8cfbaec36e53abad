import { guiseOf, strays } from '#tests/matrix/cell.ts';
import { beyondRows, foundIn, outOfPlace } from '#tests/matrix/secrets.ts';
import { type Result, tell } from './cross.ts';

/** What the run found wrong, as lines to read. */
export interface Findings {
	/** More was given than agreed. */
	leaks: string[];
	/** Less was given, or something broke. */
	differs: string[];
}

/** Said at once: a run that is stopped has told what it saw. */
function find(found: Findings, kind: keyof Findings, line: string): void {
	found[kind].push(line);
	console.log(`${kind === 'leaks' ? 'LEAK' : 'differs'} ${line}`);
}

const who = ({ target, actor }: Result) => `${target.route} [${target.about}] as ${guiseOf(actor, target)}`;

/** Weighs one answer: what came of it, nothing planted for others in it, and what was promised. */
export function weigh(found: Findings, result: Result): void {
	const { target, text, outcome } = result;
	if (!result.fits) find(found, result.leaks ? 'leaks' : 'differs', tell(result));
	const guise = guiseOf(result.actor, target);
	const { shown, missed } = outcome === 'in' ? strays(target, guise, text) : { shown: [], missed: [] };
	const words = [...outOfPlace(foundIn(text), guise, target.route), ...shown];
	if (words.length) find(found, 'leaks', `${who(result)}: shows ${words.join(', ')}`);
	if (missed.length) find(found, 'differs', `${who(result)}: does not show ${missed.join(', ')}`);
}

/** Weighs one answer given while every rule said yes: what row-level security keeps must still be kept. */
export function weighRows(found: Findings, result: Result): void {
	const words = beyondRows(foundIn(result.text), guiseOf(result.actor, result.target));
	if (words.length) find(found, 'leaks', `rules off: ${who(result)}: shows ${words.join(', ')}`);
}
