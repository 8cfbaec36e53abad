import { notFound } from '#platform/errors.ts';
import { isEntry } from './lexicon.ts';

/** The noun of the lexicon that an address names. Throws NotFound. */
export function entryNamed({ entry }: { entry?: string }): string {
	if (!entry || !isEntry(entry)) throw notFound();
	return entry;
}
