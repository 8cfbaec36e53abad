import { readEmail } from './email.ts';
import type { UnitField } from './fields.ts';
import { gather, type LineReading } from './line.ts';
import { cellOf, type Mapping } from './mapping.ts';
import { readCommunes, readWebsite } from './places.ts';
import { type Reading, readNumberText, readText } from './reading.ts';
import { readMapped, type ValueMap } from './values.ts';

/** A unit as a file tells it; null is what the file does not say. */
export type UnitLine = {
	code: string | null;
	name: string;
	/** The organisation's key, through the value map. */
	kind: string | null;
	parentCode: string | null;
	parentName: string | null;
	/** INSEE codes or names, as written. */
	communes: string[];
	email: string | null;
	website: string | null;
};

/** A place may be called "XIII/2" or "La #12", never like the formula or the tag that went wrong in a spreadsheet. */
function readUnitName(cell: string): Reading<string> {
	const reading = readText(cell);
	if (!/^[=+@]|[<>{}]/.test(reading.value ?? '')) return reading;
	return { value: null, problem: { code: 'name_not_a_name', fix: null, otherwise: 'refused' } };
}

/** Reads one line of a list of units: its value, or every problem of the line. */
export function readUnit(
	cells: readonly string[],
	mapping: Mapping<'units'>,
	maps: { kind: ValueMap },
): LineReading<UnitLine, UnitField> {
	const line = gather<UnitField>();
	function read<T>(field: UnitField, reader: (cell: string) => Reading<T>): T | null {
		const given = cellOf(cells, mapping, field);
		return line.take(field, given, reader(given));
	}
	const name = read('name', readUnitName);
	const value = {
		code: read('code', readNumberText),
		name: name ?? '',
		kind: read('kind', (cell) => readMapped(cell, maps.kind)),
		parentCode: read('parentCode', readNumberText),
		parentName: read('parentName', readText),
		communes: read('communes', readCommunes) ?? [],
		email: read('email', readEmail),
		website: read('website', readWebsite),
	};
	if (name === null && !line.refuses('name')) {
		line.add({
			field: 'name',
			code: 'name_missing',
			given: cellOf(cells, mapping, 'name'),
			fix: null,
			otherwise: 'refused',
		});
	}
	return line.finish(value);
}
