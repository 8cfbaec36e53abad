import { invalidField } from '#platform/errors.ts';
import { FileProblem, type FileProblemCode } from '#platform/files/problem.ts';

/** Why a given file is not opened. */
export type FileFault =
	| 'file_missing'
	| 'file_empty'
	| 'file_too_large'
	| 'file_bomb'
	| 'file_cut'
	| 'file_broken'
	| 'file_locked'
	| 'file_unsafe_name'
	| 'file_nested'
	| 'file_disordered'
	| 'file_not_read'
	| 'file_sheet_too_large'
	| 'file_shape_incomplete';

/** Refuses the file: a Refusal on the field `file`, with the sentence `electoral-map.<fault>`. */
export function refuseFile(fault: FileFault, args: Record<string, string | number> = {}): never {
	throw invalidField('file', `electoral-map.${fault}`, args);
}

const faults: Partial<Record<FileProblemCode, FileFault>> = {
	bomb: 'file_bomb',
	encrypted: 'file_locked',
	active_content: 'file_unsafe_name',
	two_kinds: 'file_disordered',
	broken: 'file_broken',
	unknown_kind: 'file_broken',
};

/** Does `act`; what the platform says of an archive becomes a refusal about the file `name`. */
export async function orRefused<T>(name: string, act: () => T | Promise<T>): Promise<T> {
	try {
		return await act();
	} catch (problem) {
		if (problem instanceof FileProblem) refuseFile(faults[problem.code] ?? 'file_broken', { name });
		throw problem;
	}
}
