import type { FileReport, Refreshed } from '#domains/electoral-map/index.ts';
import { type Problem, Refusal } from '#platform/errors.ts';
import { type Key, lexicons, type Words, wording } from '#platform/wording/index.ts';

/** The sentences of the catalogue. Commands speak English, and need no organisation. */
const words = (): Words =>
	wording({
		name: '',
		language: 'en',
		address: 'tu',
		inclusive: 'epicene',
		lexicon: lexicons.association ?? {},
	});

// words: electoral-map.file_* electoral-map.ground_* electoral-map.census_* electoral-map.problem_* electoral-map.remark_*
// words: electoral-map.transfers_* electoral-map.weights_* electoral-map.places_* electoral-map.no_* electoral-map.wrong_kind* electoral-map.vintage_needed* electoral-map.election_needed*
/** A sentence of the catalogue about a file, or about what was asked. */
export const sentence = ({ key, args = {} }: Pick<Problem, 'key' | 'args'>) => words().say(key as Key, args);

/** Does it; a refusal becomes its sentences. */
export async function said<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof Refusal) || error.problems.length === 0) throw error;
		throw new Error(error.problems.map(sentence).join('\n'), { cause: error });
	}
}

const number = (value: number) => words().number(value);

/** What became of a file, in one line; what is to be known of it below. */
export function lineOf({
	file,
	kind,
	source,
	vintage,
	election,
	counts,
	join,
	remarks,
	problems,
	seconds,
}: FileReport): string {
	const told = (name: string) =>
		remarks.find(({ key }) => key === `electoral-map.remark_${name}`)?.args.count ?? 0;
	const parts = source
		? [
				[kind, election, vintage].filter(Boolean).join(' '),
				...Object.entries(counts).map(([name, value]) => `${name} ${number(value)}`),
				...(join ? [joined(join)] : []),
				`repaired ${told('repaired')}`,
				'refused 0',
			]
		: ['refused'];
	const more = [...problems, ...remarks].map((one) => `  ${sentence(one)}`);
	return [`${file}: ${parts.join(', ')}, ${seconds} s`, ...more].join('\n');
}

/** How many of what a file counts find their ground. */
export function joined({ joined, stations, registered, vintage }: NonNullable<FileReport['join']>): string {
	const unmatched = registered ? ` (${number(registered)} registered without ground)` : '';
	return `joined ${number(joined)} of ${number(stations)}${vintage ? ` with ${vintage}` : ''}${unmatched}`;
}

/** What was made anew; nothing when nothing was. */
export function refreshed({ weights, communes, stations, remarks, seconds }: Refreshed): string[] {
	if (communes === 0 && stations === 0) return [];
	const line = `weights: ${number(weights)} in ${number(communes)} communes, estimates of ${number(stations)} stations, ${seconds} s`;
	return [line, ...remarks.map((remark) => `  ${sentence(remark)}`)];
}

/** Rows for another program. */
export const csv = (header: string[], rows: (string | number | null)[][]) =>
	[header, ...rows].map((cells) => cells.map((cell) => cell ?? '').join()).join('\n');
