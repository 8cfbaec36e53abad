import postgres from 'postgres';
import { forgetSettings } from '#platform/settings.ts';

/** Empties the test's own database, as a first start finds it. */
export async function emptyHouse(): Promise<void> {
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	const tables = await owner`select schemaname || '.' || tablename as name from pg_tables
		where schemaname in ('people', 'territory', 'feed', 'audit') or (schemaname = 'platform' and tablename <> 'migration')`;
	await owner.unsafe(`truncate ${tables.map(({ name }) => name).join(', ')} cascade`);
	await owner.end();
	forgetSettings();
}
