import { neighbour as noun } from '#tests/nouns.ts';
import type { TypedEntry } from './lexicon.ts';

/** The entry of the lexicon that stories change, whole. */
export const neighbour: Omit<TypedEntry, 'version'> = {
	...noun,
	gender_n: '',
	one_dot: '',
	many_dot: '',
	aspirate: '',
	an: '',
};
