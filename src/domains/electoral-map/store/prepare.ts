import type { Table } from '#platform/table/index.ts';
import type { Given } from '../files/open.ts';
import type { Kind } from '../files/recognise.ts';
import { prepareAddresses } from './addresses.ts';
import { prepareCensus } from './census.ts';
import { prepareWeights } from './given.ts';
import { prepareIrises, prepareStations } from './outlines.ts';
import { preparePlaces } from './places.ts';
import { refuseLoad } from './refusal.ts';
import { prepareResults } from './results.ts';
import type { Prepared } from './sources.ts';
import type { Unit } from './units.ts';

interface About {
	kind: Kind;
	vintage?: string | undefined;
	election?: string | undefined;
}

/** Reads a thing whole and checks it: what it gives can be written. Throws a Refusal with the sentences to show. */
export async function prepare({ kind, vintage, election }: About, { name, given }: Unit): Promise<Prepared> {
	const [first] = given as [Given];
	if (kind === 'results') return prepareResults(given.map(tableOf), { election, vintage: vintage ?? '' });
	const year = vintage ?? yearIn(name);
	if (kind === 'census') return prepareCensus(tableOf(first), year);
	if (kind === 'iris') return prepareIrises(first, year);
	// Stations are asked for by their vintage: they must have one
	if (!year) refuseLoad('vintage_needed');
	if (kind === 'outlines') return prepareStations(first, year);
	if (kind === 'places') return preparePlaces(tableOf(first), year);
	return kind === 'addresses' ? prepareAddresses(tableOf(first), year) : prepareWeights(tableOf(first), year);
}

/** The kind was recognised by the columns: it is a table. */
function tableOf(given: Given): Table {
	if (given.form !== 'table') throw new Error(`${given.name} is no table`);
	return given.table;
}

const yearIn = (name: string) => name.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g)?.at(-1) ?? '';
