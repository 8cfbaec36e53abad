import type { RequestEvent } from '@sveltejs/kit';
import type { Problem } from '../errors.ts';
import { FileProblem } from '../files/problem.ts';
import { sniff } from '../files/sniff.ts';
import { isActive, type Viewer } from '../viewer.ts';
import { dropUnsent, keepUnsent, markSent, unsentOf } from './unsent.ts';
import type { UnsentFile } from './unsent-files.ts';

/** Fields of a form, by name; lists without their `[]`. */
export type Values = Record<string, FormDataEntryValue | FormDataEntryValue[]>;

/** Files of a refused try that wait for the next one, for `<KeptFiles>`, and the names of those that do not. */
export interface KeptTry {
	id: string;
	files: { id: string; name: string }[];
	lost: string[];
}

/** What a request remembers of the form that waited: its id. */
export interface Waiting {
	unsent?: string;
}

/** Puts files that waited back in their fields, each at its place: a field left empty comes as a file without bytes. */
export function addFiles(values: Values, files: readonly (UnsentFile & { file: File })[]): void {
	for (const { field, at, file } of files) {
		const name = field.replace(/\[\]$/, '');
		if (name !== field) values[name] = placed([values[name] ?? []].flat(), at, file);
		else if (!isChosen(values[name])) values[name] = file;
	}
}

// Another may have been chosen in its place meanwhile: both are sent.
function placed(there: FormDataEntryValue[], at: number, file: File): FormDataEntryValue[] {
	if (isChosen(there[at])) return [...there, file];
	const before = Array.from({ length: at }, (_, n) => there[n] ?? new File([], ''));
	return [...before, file, ...there.slice(at + 1)];
}

const isChosen = (value: Values[string] | undefined) => value instanceof File && value.size > 0;

const isGood = async (file: File): Promise<boolean> =>
	sniff(Buffer.from(await file.arrayBuffer()), file.name).then(
		() => true,
		(problem) => {
			if (problem instanceof FileProblem) return false;
			throw problem;
		},
	);

/**
 * Keeps what a refused form held when files came with it, but those that are themselves what is wrong (a file alone in the field that
 * the refusal names, or one that it names by `file`): they would be sent again in vain. What an earlier try left is let go. Gives what
 * its page offers again.
 */
export async function keepTry(
	event: RequestEvent,
	viewer: Viewer,
	values: Values,
	problems: readonly Problem[],
): Promise<KeptTry | undefined> {
	const isWrong = (name: string) => isChosen(values[name]) && problems.some(({ field }) => field === name);
	const isRefused = ({ name }: File) => problems.some(({ args }) => args?.file === name);
	const there = Object.entries(values).filter(([name]) => !isWrong(name));
	const parts = there.flatMap(([name, given]) =>
		Array.isArray(given) ? given.map((one) => [`${name}[]`, one] as const) : [[name, given] as const],
	);
	if (!isActive(viewer) || !parts.some(([, value]) => isChosen(value))) return undefined;
	const { pathname, search } = event.url;
	const id = await keepUnsent(
		viewer.id!,
		pathname + search,
		parts as [string, FormDataEntryValue][],
		async (file) => (isRefused(file) ? false : isGood(file)),
	);
	if (!id) return undefined;
	const before = (event.locals as Waiting).unsent;
	if (before) await dropUnsent({ ...viewer, requestKey: undefined } as Viewer, before).catch(() => {});
	const { kept, files } = await unsentOf(viewer, id);
	return { id, files: kept.map((file) => ({ id: file.id, name: file.name })), lost: files };
}

/** The form that waited is sent: nobody is offered it again. */
export async function settle({ locals }: RequestEvent, viewer: Viewer): Promise<void> {
	const { unsent } = locals as Waiting;
	if (unsent) await markSent(viewer, unsent);
}
