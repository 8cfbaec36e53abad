import { guiseOf, strays } from '#tests/matrix/cell.ts';
import { beyondRows, foundIn, outOfPlace } from '#tests/matrix/secrets.ts';
import { nameOf, type Result } from './cross.ts';

/** What is wrong, as lines to read. */
export interface Findings {
	/** More was given than agreed. */
	leaks: string[];
	/** Less was given, or something broke. */
	differs: string[];
}

/** Weighs one answer: what came of it, nothing planted for others in it, and what was promised. */
export function weigh(result: Result): Findings {
	const { target, text, outcome, wanted, status } = result;
	const found: Findings = { leaks: [], differs: [] };
	if (!result.fits)
		found[result.leaks ? 'leaks' : 'differs'].push(
			`${nameOf(result)}: expected ${wanted}, got ${outcome} (${status})`,
		);
	const guise = guiseOf(result.actor, target);
	const { shown, missed } = outcome === 'in' ? strays(target, guise, text) : { shown: [], missed: [] };
	const words = [...outOfPlace(foundIn(text), guise, target.route), ...shown];
	if (words.length) found.leaks.push(`${nameOf(result)}: shows ${words.join(', ')}`);
	if (missed.length) found.differs.push(`${nameOf(result)}: does not show ${missed.join(', ')}`);
	return found;
}

/** Weighs one answer given while every rule said yes: what row-level security keeps must still be kept. */
export function weighRows(result: Result): Findings {
	const { text, actor, target } = result;
	const words = beyondRows(foundIn(text), guiseOf(actor, target), target.route);
	const leaks = words.length ? [`rules off: ${nameOf(result)}: shows ${words.join(', ')}`] : [];
	return { leaks, differs: [] };
}

/** Adds findings, said at once: a run that is stopped has told what it saw. */
export function note(all: Findings, { leaks, differs }: Findings): void {
	all.leaks.push(...leaks);
	all.differs.push(...differs);
	for (const line of leaks) console.log(`LEAK ${line}`);
	for (const line of differs) console.log(`differs ${line}`);
}
