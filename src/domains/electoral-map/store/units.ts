import { basename } from 'node:path';
import { Refusal } from '#platform/errors.ts';
import { type Given, type Opened, openBytes, openFile } from '../files/open.ts';
import { type Kind, type Recognised, recognise } from '../files/recognise.ts';
import type { Remark } from '../model.ts';
import { refuseLoad } from './refusal.ts';

/** What becomes one version: a table, a layer of outlines, or the two tables of data.gouv. */
export interface Unit {
	name: string;
	given: Given[];
	remarks: Remark[];
	/** The file could not be opened, or is not of the kind asked. */
	refusal?: Refusal;
}

/** Things to load, file after file: one is in memory at a time, except the two halves of results in two files. */
export async function* unitsOf({ kind, paths }: { kind: Kind; paths: string[] }): AsyncGenerator<Unit> {
	const halves: Unit[] = [];
	for (const path of paths) {
		const opened = await open(kind, path);
		for (const unit of opened) {
			if (unit.given.some(isHalf)) halves.push(unit);
			else yield unit;
		}
	}
	if (halves.length === 0) return;
	yield together(halves);
}

const together = (halves: Unit[]): Unit => ({
	name: halves.map(({ name }) => name).join(' + '),
	given: halves.flatMap(({ given }) => given),
	remarks: halves.flatMap(({ remarks }) => remarks),
});

function isHalf(given: Given): boolean {
	const found = recognise(given);
	return found.kind === 'results' && (found.layout === 'general' || found.layout === 'candidates');
}

/**
 * Things to load in one file already here, of the kind found in it: that of its first part which is known. Throws a
 * Refusal when it cannot be opened or none is.
 */
export async function unitsOfBytes(name: string, bytes: Buffer): Promise<{ kind: Kind; units: Unit[] }> {
	const opened = await openBytes({ name, bytes });
	const found = opened.given.map(recognise);
	const kind = found.find((one) => one.kind)?.kind ?? refuseUnknown(found[0]);
	const units = ofKind(kind, name, opened);
	const halves = units.filter(({ given }) => given.some(isHalf));
	const others = units.filter((unit) => !halves.includes(unit));
	return { kind, units: halves.length ? [...others, together(halves)] : others };
}

async function open(kind: Kind, path: string): Promise<Unit[]> {
	const name = basename(path);
	try {
		return ofKind(kind, name, await openFile(path));
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return [{ name, given: [], remarks: [], refusal: error }];
	}
}

function ofKind(kind: Kind, name: string, { given, remarks }: Opened): Unit[] {
	const known = given.map((one) => ({ one, found: recognise(one) }));
	const fit = known.filter(({ found }) => found.kind === kind);
	const [first] = known;
	if (fit.length === 0 && first) refuseKind(name, kind, first.found);
	const others = known
		.filter((entry) => !fit.includes(entry))
		.map(({ one }) => ({ key: 'electoral-map.remark_part_left_aside', args: { name: one.name } }));
	return fit.map(({ one }, at) => ({
		name: fit.length > 1 ? `${name}: ${one.name}` : name,
		given: [one],
		remarks: at === 0 ? [...remarks, ...others] : [],
	}));
}

function refuseUnknown(found: Recognised | undefined): never {
	const { key, args } = found && !found.kind ? found.remark : unknownFile;
	throw new Refusal('Invalid', [{ field: 'file', key, args }]);
}

const unknownFile = { key: 'electoral-map.remark_unknown_file_empty', args: { expected: '' } };

function refuseKind(name: string, asked: Kind, found: Recognised): never {
	if (found.kind) refuseLoad('wrong_kind', { name, asked, found: found.kind });
	return refuseUnknown(found);
}
