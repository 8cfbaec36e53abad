import { invalidField, Refusal } from '../errors.ts';
import { takeIn, type Upload } from './keep.ts';
import { type FileProblemCode, sayingProblem } from './problem.ts';
import type { Kind } from './sniff.ts';

const endings: Partial<Record<FileProblemCode, string>> = {
	heic: 'heic',
	too_large: 'too_large',
	too_many_pixels: 'too_wide',
	quota: 'quota',
};

/**
 * Does something with a picture, and says at this field why it was refused, in the words of the page: sentences that begin with
 * `words` (`groups.cover` gives `groups.cover_heic`, `_too_large`, `_too_wide`, `_quota`), else `_not_picture`. Throws Invalid; what is
 * no problem of a file as it came.
 */
export const sayingWhy = <T>(field: string, words: string, work: () => Promise<T>): Promise<T> =>
	sayingProblem(field, (code) => `${words}_${endings[code] ?? 'not_picture'}`, work);

/**
 * Judges and stores a picture, before anything is written. Throws Invalid at the field, as `sayingWhy` says it, with the name of the
 * file: among several, that one alone is to be chosen again.
 */
export async function takePicture(file: File, field: string, words: string): Promise<Upload> {
	const accepts = ({ family }: Kind) => {
		if (family !== 'image') throw invalidField(field, `${words}_not_picture`);
	};
	return sayingWhy(field, words, () => takeIn(file, { accepts })).catch((refusal: Error) => {
		throw refusal instanceof Refusal ? naming(refusal, file) : refusal;
	});
}

const naming = ({ problems: [problem] }: Refusal, file: File) =>
	invalidField(problem!.field, problem!.key, { file: file.name });
