import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, type UnitKey } from '#tests/party.ts';

/** The id of an office of a unit's kind. */
export async function officeAt(unit: UnitKey, key: string): Promise<string> {
	const row = await asSystem('test', (tx) =>
		tx.one<{
			id: string;
		}>(sql`select office.id from territory.office join territory.unit on unit.kind_id = office.kind_id
			where unit.id = ${idOf(unit)} and office.key = ${key}`),
	);
	return row!.id;
}

/** A noun of a form in which nothing is written. */
export const blank = {
	one_f: '',
	many_f: '',
	one_m: '',
	many_m: '',
	one_n: '',
	many_n: '',
	en_one: '',
	en_many: '',
};

/** A feminine noun, whole, as the forms of levels and offices send it. */
export const named = (one: string) => ({
	...blank,
	gender: 'f' as const,
	one_f: one,
	many_f: `${one}s`,
	en_one: one,
	en_many: `${one}s`,
});
