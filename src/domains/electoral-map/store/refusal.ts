import { invalidField, type Problem } from '#platform/errors.ts';

/** Why something is not loaded, or not found in what was loaded. */
export type LoadFault =
	| 'wrong_kind'
	| 'census_no_figures'
	| 'vintage_needed'
	| 'election_needed'
	| 'weights_columns'
	| 'weights_row'
	| 'weights_empty'
	| 'places_empty'
	| 'no_election'
	| 'no_outlines'
	| 'no_weights'
	| 'no_column'
	| 'no_version';

/** Refuses with the sentence `electoral-map.<fault>`. */
export function refuseLoad(fault: LoadFault, args: NonNullable<Problem['args']> = {}): never {
	throw invalidField('file', `electoral-map.${fault}`, args);
}
