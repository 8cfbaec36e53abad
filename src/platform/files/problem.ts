import { invalidField } from '../errors.ts';

export type FileProblemCode =
	| 'empty'
	| 'too_large'
	| 'unknown_kind'
	| 'heic'
	| 'video'
	| 'active_content'
	| 'two_kinds'
	| 'bomb'
	| 'encrypted'
	| 'broken'
	| 'too_many_pixels'
	| 'too_slow'
	| 'quota'
	| 'missing';

/** Why a file was refused. `code` is also the wording key; the message is for logs and holds nothing of the file. */
export class FileProblem extends Error {
	readonly code: FileProblemCode;
	constructor(code: FileProblemCode) {
		super(`file refused: ${code}`);
		this.name = 'FileProblem';
		this.code = code;
	}
}

/** Refuses with `code` when `condition` holds. */
export function refuseIf(condition: boolean, code: FileProblemCode): void {
	if (condition) throw new FileProblem(code);
}

/** Does something with a file, and says at this field why it was refused, by the key that `sentence` gives. Throws Invalid; what is no problem of a file as it came. */
export async function sayingProblem<T>(
	field: string,
	sentence: (code: FileProblemCode) => string,
	work: () => Promise<T>,
): Promise<T> {
	try {
		return await work();
	} catch (problem) {
		if (problem instanceof FileProblem) throw invalidField(field, sentence(problem.code));
		throw problem;
	}
}
