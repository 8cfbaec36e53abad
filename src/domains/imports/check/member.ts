import { fold } from '#platform/text/fold.ts';
import {
	type Mapping,
	type MemberLine,
	type MemberValueMaps,
	readMember,
	type watchDuplicates,
} from '../columns/index.ts';
import { type Line, type LineDoubt, print, stateOf } from '../model.ts';
import type { KnownUnit, UnitFinder } from './units.ts';

export interface MemberContext {
	mapping: Mapping<'members'>;
	maps: MemberValueMaps;
	units: UnitFinder;
	duplicates: ReturnType<typeof watchDuplicates> | null;
}

/** The words of a name in one order, so that "LANOËZ Mathis" and "Mathis Lanoëz" are one. */
export const nameKey = (name: string) =>
	fold(name)
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.toSorted()
		.join(' ');

/** A person's name as the network writes it. */
export const nameOf = ({ givenName, familyName }: Pick<MemberLine, 'givenName' | 'familyName'>) =>
	[givenName, familyName].filter(Boolean).join(' ');

/** Reads a line of people whole: value, problems, unit. Nothing of the network's people is asked yet. */
export function judgeMember(
	line: number,
	cells: string[],
	shape: string | null,
	context: MemberContext,
): Line<MemberLine> {
	const reading = readMember(cells, context.mapping, context.maps);
	const value = reading.ok ? reading.value : reading.otherwise;
	const problems: LineDoubt[] = reading.ok ? [] : [...reading.problems];
	if (shape) problems.push({ field: '', code: shape, given: '', fix: null, otherwise: 'as_written' });
	const told = value && { ...value };
	if (told) problems.push(...repeats(line, told, context));
	const unit = told && placeOf(told, context.units, problems);
	return {
		...identity(told, unit?.id ?? null),
		line,
		cells,
		value: told,
		problems,
		state: stateOf(problems),
		unit_id: unit?.id ?? null,
		subject_id: null,
		plan: null,
		rank: 0,
	};
}

function repeats(line: number, value: MemberLine, { duplicates }: MemberContext): LineDoubt[] {
	const found = duplicates?.see(line, value);
	if (!found) return [];
	const { code, firstLine } = found;
	if (code !== 'shared_email')
		return [
			{
				field: code === 'member_number' ? 'memberNumber' : 'email',
				code: `duplicate_${code}`,
				given: value.memberNumber ?? value.email ?? '',
				fix: null,
				otherwise: 'refused',
				firstLine,
			},
		];
	const given = value.email ?? '';
	value.email = null;
	return [{ field: 'email', code, given, fix: null, otherwise: 'without', firstLine }];
}

/** Where the line says the person belongs; the import's own unit when it says nothing and nothing is below. */
function placeOf(value: MemberLine, units: UnitFinder, problems: LineDoubt[]): KnownUnit | null {
	const { scope } = units;
	const { found, doubt } =
		value.unitCode || value.unit ? placeNamed(value, units) : placeCovered(value, units);
	if (found) return found;
	if (doubt && !(scope.leaf && doubt.code === 'unit_uncovered'))
		problems.push({ ...doubt, fix: null, otherwise: 'without' });
	// Nobody belongs to the whole organisation only.
	return scope.parentId ? scope : null;
}

interface Found {
	found?: KnownUnit;
	doubt?: Pick<LineDoubt, 'field' | 'code' | 'given'>;
}

function placeNamed({ unitCode, unit }: MemberLine, units: UnitFinder): Found {
	const coded = (unitCode && units.byCode(unitCode)) || (unit && units.byCode(unit));
	const found = coded || (unit ? units.byName(unit) : undefined);
	if (found && found !== 'ambiguous') return { found };
	return {
		doubt: {
			field: unit ? 'unit' : 'unitCode',
			code: found ? 'unit_ambiguous' : 'unit_unknown',
			given: unitCode ?? unit ?? '',
		},
	};
}

function placeCovered({ communeCode, commune, postcode }: MemberLine, units: UnitFinder): Found {
	const found = units.byCommune(communeCode, commune, postcode);
	if (found && found !== 'ambiguous') return { found };
	const [field, given] = Object.entries({ commune, postcode, communeCode }).find(([, text]) => text) ?? [];
	return field ? { doubt: { field, code: 'unit_uncovered', given: given ?? '' } } : {};
}

/** Which person the line is about, and what it says of them, as prints. */
export function identity(
	value: MemberLine | null,
	unitId: string | null,
): { key: string | null; hash: string | null } {
	if (!value) return { key: null, hash: null };
	const name = nameKey(nameOf(value));
	const { memberNumber, email, phone, postcode, unit, unitCode } = value;
	const key = memberNumber
		? `number ${memberNumber}`
		: email
			? `email ${email.toLowerCase()} ${name}`
			: `name ${name} ${phone ?? ''} ${postcode ?? ''} ${unitCode ?? unit ?? ''}`;
	return { key: print(key), hash: print(JSON.stringify([value, unitId])) };
}
