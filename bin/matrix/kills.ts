import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../sources.ts';
import type { Mutant } from './mutants.ts';
import type { Off } from './under-way.ts';

const file = join(root, 'tests/matrix/kills.json');

/** Where a mutant was noticed: the cell's name, and what had to be off besides its rule. */
export interface Kill {
	cell: string;
	off?: Off;
}

/**
 * Where each mutant was noticed last time: the cell to try first. Only a place to look, never a verdict: a mutant counts as
 * killed when a cell leaks in this run, and is sought everywhere when that one does not.
 */
export const rememberedKills = (): Record<string, Kill> =>
	JSON.parse(readFileSync(file, 'utf8')) as Record<string, Kill>;

/** Writes where each mutant was noticed in this run: `-- --kills`. */
export function rememberKills(mutants: Mutant[]): void {
	const kills = mutants
		.flatMap(({ ability, at }) => (at ? [[ability, at] as const] : []))
		.toSorted(([a], [b]) => (a < b ? -1 : 1));
	writeFileSync(file, `${JSON.stringify(Object.fromEntries(kills), null, '\t')}\n`);
}
