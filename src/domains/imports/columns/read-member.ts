import { readEndDate, readPastDate } from './dates.ts';
import { readEmail } from './email.ts';
import type { MemberField } from './fields.ts';
import { gather, type LineReading } from './line.ts';
import { cellOf, type Mapping } from './mapping.ts';
import { readFullName, readName } from './names.ts';
import { readPhone } from './phone.ts';
import { readCommune, readCommuneCode, readPostcode } from './places.ts';
import { type Reading, readNumberText, readText } from './reading.ts';
import { readMapped, type ValueMap } from './values.ts';

/** A person as a file tells her; null is what the file does not say. Dates are `YYYY-MM-DD`, the phone is E.164. */
export type MemberLine = {
	/** Text: zeros at the start count. */
	memberNumber: string | null;
	familyName: string;
	givenName: string | null;
	email: string | null;
	phone: string | null;
	postcode: string | null;
	commune: string | null;
	communeCode: string | null;
	/** Name or code of the unit, as written. */
	unit: string | null;
	unitCode: string | null;
	/** The organisation's key, through the value map. */
	membershipType: string | null;
	memberSince: string | null;
	paidUntil: string | null;
};

export type MemberValueMaps = {
	membershipType: ValueMap;
	/** `YYYY-MM-DD`: nobody joined after. */
	today: string;
};

/** Reads one line of a list of people: its value, or every problem of the line with a proposed correction where there is one. */
export function readMember(
	cells: readonly string[],
	mapping: Mapping<'members'>,
	maps: MemberValueMaps,
): LineReading<MemberLine, MemberField> {
	const line = gather<MemberField>();
	function read<T>(field: MemberField, reader: (cell: string) => Reading<T>): T | null {
		const given = cellOf(cells, mapping, field);
		return line.take(field, given, reader(given));
	}
	const whole = read('fullName', readFullName);
	const familyName = read('familyName', readName) ?? whole?.familyName ?? null;
	const givenName = read('givenName', readName) ?? whole?.givenName ?? null;
	const value = {
		memberNumber: read('memberNumber', readNumberText),
		familyName: familyName ?? '',
		givenName,
		email: read('email', readEmail),
		phone: read('phone', readPhone),
		postcode: read('postcode', readPostcode),
		commune: read('commune', readCommune),
		communeCode: read('communeCode', readCommuneCode),
		unit: read('unit', readText),
		unitCode: read('unitCode', readNumberText),
		membershipType: read('membershipType', (cell) => readMapped(cell, maps.membershipType)),
		memberSince: read('memberSince', (cell) => readPastDate(cell, maps.today)),
		paidUntil: read('paidUntil', readEndDate),
	};
	// Said once: what is no name is not missing besides.
	const named = 'familyName' in mapping.columns ? 'familyName' : 'fullName';
	if (familyName === null && !line.refuses(named)) line.add(missingName(mapping, named, cells));
	return line.finish(value);
}

function missingName(
	mapping: Mapping<'members'>,
	field: 'familyName' | 'fullName',
	cells: readonly string[],
) {
	return {
		field,
		code: 'name_missing',
		given: cellOf(cells, mapping, field),
		fix: null,
		otherwise: 'refused',
	} as const;
}
