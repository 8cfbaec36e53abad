export type OutgoingProblemCode =
	| 'bad_address'
	| 'not_public'
	| 'too_many_redirects'
	| 'too_large'
	| 'too_slow'
	| 'unreachable'
	| 'unknown_encoding';

/** Why an outgoing request was refused or failed. The message never holds the address: it may carry a token. */
export class OutgoingProblem extends Error {
	readonly code: OutgoingProblemCode;
	constructor(code: OutgoingProblemCode) {
		super(`outgoing request refused: ${code}`);
		this.name = 'OutgoingProblem';
		this.code = code;
	}
}
