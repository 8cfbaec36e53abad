import { foldName, zoneId } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { list, sql } from '#platform/sql.ts';
import { dayAt } from '#platform/wording/dates.ts';
import { lexicons } from '#platform/wording/index.ts';
import { type ValueMap, watchDuplicates } from '../columns/index.ts';
import { type ChoiceValue, type Import, mappingOf } from '../model.ts';
import type { MemberContext } from './member.ts';
import { kindsOf, type UnitContext } from './unit-lines.ts';
import { unitFinder } from './units.ts';

/** A choice of the organisation, with every word for it. */
export interface Choice {
	key: string;
	name: { fr: Record<string, string>; en: Record<string, string> };
}

/** What the column of choices may become: kinds of membership that are not closed, or kinds of unit. */
export const choicesOf = (tx: Tx, kind: Import['kind']): Promise<Choice[]> =>
	kind === 'members'
		? tx.many(sql`select key, name from people.membership_type where retired_at is null order by position`)
		: tx.many(sql`select key, name from territory.unit_kind order by depth desc`);

/** Every word a file may use for a choice. */
export const namesOf = ({ key, name }: { key: string; name: { fr: object; en: object } }): string[] =>
	[key, ...Object.values(name.fr), ...Object.values(name.en)].filter(
		(word) => typeof word === 'string' && word.length > 1,
	);

/**
 * The words of every ready lexicon for a kind of membership: a file made before the house chose its own says
 * the usual one all the same. A word that is another choice's own is left to it.
 */
export function usualNamesOf({ key }: Choice, choices: readonly Choice[]): string[] {
	const ready = Object.values(lexicons).flatMap((words) => words[key] ?? []);
	const taken = new Set(choices.filter((other) => other.key !== key).flatMap(namesOf));
	return ready.flatMap((name) => namesOf({ key, name })).filter((word) => !taken.has(word));
}

/** The map of values as the readers take it: what nobody decided is left out. */
export const valueMap = (choices: readonly ChoiceValue[]): ValueMap =>
	Object.fromEntries(choices.flatMap(({ folded, key }) => (key === undefined ? [] : [[folded, key]])));

/** What reading people's lines needs, read once. */
export const memberContext = async (
	tx: Tx,
	one: Import,
	{ watching }: { watching: boolean },
): Promise<MemberContext> => ({
	mapping: mappingOf<'members'>(one),
	maps: {
		membershipType: valueMap(one.choices),
		today: dayAt(new Date(), (await house()).timeZone),
	},
	units: await unitFinder(tx, one.unit_id),
	duplicates: watching ? watchDuplicates() : null,
});

/** What reading units' lines needs. */
export async function unitContext(
	tx: Tx,
	one: Import,
	lines: readonly { cells: string[] }[],
): Promise<UnitContext> {
	const column = one.mapping?.communes;
	const written =
		column === undefined
			? []
			: lines.flatMap(({ cells }) => (cells[column] ?? '').split(/[;,|\n/]+/).map((item) => item.trim()));
	const memory = await tx.many<{ key: string; subject_id: string; hash: string }>(
		sql`select key, subject_id, hash from imports.known where kind = 'units'`,
	);
	return {
		mapping: mappingOf<'units'>(one),
		kind: valueMap(one.choices),
		units: await unitFinder(tx, one.unit_id),
		kinds: await kindsOf(tx),
		zones: await zonesNamed(tx, [...new Set(written)]),
		memory: new Map(memory.map((row) => [row.key, row])),
	};
}

/** Communes by code and by name; a name that two share is not guessed. */
async function zonesNamed(tx: Tx, written: string[]): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const names = written.map((text) => foldName(text.replace(/^\d{5}\s+/, '')));
	const rows = await tx.many<{ code: string; folded_name: string; kind: 'commune'; homonyms: number }>(sql`
		select zone.code, zone.folded_name, zone.kind, (count(*) over (partition by zone.folded_name))::int as homonyms from territory.zone
		where zone.kind = 'commune' and (zone.code = any (${list(
			written.map((text) => text.toUpperCase()),
			'text',
		)}) or zone.folded_name = any (${list(names, 'text')}))`);
	for (const { code, folded_name, kind, homonyms } of rows) {
		found.set(code, zoneId(kind, code));
		if (homonyms === 1) found.set(folded_name, zoneId(kind, code));
	}
	return found;
}
