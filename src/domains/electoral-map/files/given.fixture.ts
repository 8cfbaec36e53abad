import type { Refusal } from '#platform/errors.ts';
import type { Table } from '#platform/table/index.ts';
import { realPath } from '../real.fixture.ts';
import { type Given, openBytes, openFile } from './open.ts';

/** The only thing that a made-up file holds. */
export async function givenOf(source: string | Uint8Array): Promise<Given> {
	const { given } = await openBytes({ name: 'file', bytes: Buffer.from(source as string) });
	if (given.length !== 1 || !given[0]) throw new Error(`${given.length} things in the file`);
	return given[0];
}

/** The only thing that a real file holds. */
export async function realGiven(path: string): Promise<Given> {
	const [given] = (await openFile(realPath(path))).given;
	if (!given) throw new Error(`nothing in ${path}`);
	return given;
}

export async function tableOf(source: string | Uint8Array): Promise<Table> {
	return tableIn(await givenOf(source));
}

export function tableIn(given: Given): Table {
	if (given.form !== 'table') throw new Error(`not a table but ${given.form}`);
	return given.table;
}

export const realTable = async (path: string) => tableIn(await realGiven(path));

/** The key of the sentence with which something is refused. */
export async function refusalOf(act: Promise<unknown>): Promise<string | undefined> {
	try {
		await act;
		return 'taken';
	} catch (error) {
		const [problem] = (error as Refusal).problems ?? [];
		if (!problem) throw error;
		return problem.key.replace('electoral-map.', '');
	}
}
