import type { Rule } from './policy.ts';
import { any } from './sql.ts';

const ties = new Map<string, Rule>();

/**
 * Adds something that two people may have in common, as a rule about the row named `person`: whoever shares it may know of them.
 * A domain says its own when it is declared; the one that decides who knows of whom asks them all.
 */
export function declareTie(domain: string, rule: Rule): void {
	ties.set(domain, rule);
}

/** The viewer and the row named `person` have something in common that some domain declared. */
export const isTied: Rule = (viewer) => any([...ties.values()].map((rule) => rule(viewer)));
