import type { Rule } from './policy.ts';
import type { Sql } from './sql.ts';

/** Whether the viewer and the person of this column are not kept apart. */
export type Apart = (person: Sql) => Rule;

let declared: Apart | null = null;

/** Tells who is kept apart from whom; the registry calls it once at start. */
export function declareApart(rule: Apart): void {
	declared = rule;
}

/** The rule of the domain that keeps people apart, for the domains below it. Before it is declared, nobody is listed. */
export const isApartFrom: Apart = (person) => (viewer) => {
	if (!declared) throw new Error('nobody declared who is kept apart');
	return declared(person)(viewer);
};
