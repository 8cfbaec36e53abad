import { expect } from 'vitest';
import { faults } from './traces.ts';

/** One field of a form: a value at the edge that passes, one just beyond, and the sentence said then. */
export type Bound = [field: string, passes: unknown, refused: unknown, sentence: string];

/** A text of so many characters. */
export const long = (n: number) => 'é'.repeat(n);

/** A whole form holds at each of these edges, and says so at the field beyond it, and at no other. */
export function holds(schema: Parameters<typeof faults>[0], whole: object, ...bounds: Bound[]): void {
	for (const [field, passes, refused, sentence] of bounds) {
		expect([field, passes, faults(schema, { ...whole, [field]: passes })]).toEqual([field, passes, []]);
		const said = faults(schema, { ...whole, [field]: refused });
		expect([field, refused, said]).toEqual([field, refused, [`${field} ${sentence}`]]);
	}
}
