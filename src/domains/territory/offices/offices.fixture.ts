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
