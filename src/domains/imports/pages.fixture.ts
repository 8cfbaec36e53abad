import { drainJobs } from '#platform/jobs.ts';
import type { Answer, Browser } from '#tests/browse.ts';
import { fileOf } from './imports.fixture.ts';

export const start = '/membres/importer';

/** What each column of the page becomes, as it is shown: chosen, or nothing where it can not be chosen. */
export const fieldsShown = ({ html }: Answer): string[] =>
	[...html.matchAll(/<select[^>]*name="field\[\]".*?<\/select>|<input[^>]*name="field\[\]"[^>]*>/gs)].map(
		([control]) => /<option value="([^"]*)" selected/.exec(control)?.[1] ?? '',
	);

/** Sends a file; gives the address of its pages, with its columns still to be said. */
export async function sendBy(
	who: Browser,
	text: string | Buffer,
	{ kind = 'members', name = 'liste.csv' } = {},
): Promise<string> {
	const { to } = await who.post(`${start}?/start`, { kind, file: fileOf(text, name) });
	return to!.replace('/colonnes', '');
}

/** Sends a file, takes the columns as they were recognised and has the lines read. */
export async function checkedBy(who: Browser, text: string | Buffer, options = {}): Promise<string> {
	const at = await sendBy(who, text, options);
	await who.post(`${at}/colonnes?/choose`, { 'field[]': fieldsShown(await who.get(`${at}/colonnes`)) });
	await drainJobs();
	return at;
}

/** The same, launched and over. */
export async function broughtBy(who: Browser, text: string | Buffer, options = {}): Promise<string> {
	const at = await checkedBy(who, text, options);
	await who.post(`${at}/apercu?/launch`);
	await drainJobs();
	return at;
}

/** The cells a line's form holds, by column, as one would send them back. */
export function lineForm({ html }: Answer, line: number): { column: string[]; cells: string[] } {
	const form = [...html.matchAll(/<form[^>]*action="\?\/line".*?<\/form>/gs)]
		.map(([one]) => one)
		.find((one) => one.includes(`name="line" value="${line}"`));
	const all = (name: string) =>
		[...(form ?? '').matchAll(new RegExp(`<input[^>]*name="${name}\\[\\]"[^>]*>`, 'g'))].map(
			([input]) => /\svalue="([^"]*)"/.exec(input)?.[1] ?? '',
		);
	return { column: all('column'), cells: all('cells') };
}
