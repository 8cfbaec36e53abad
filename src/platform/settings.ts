import { asSystem, type Tx } from './db.ts';
import { listen } from './listen.ts';
import { sql } from './sql.ts';

/** What the organisation chose for itself, as stored; each key has one owner that knows its shape. */
export type Settings = Readonly<Record<string, unknown>>;

let known: Promise<Settings> | undefined;
let listening = false;

/** The settings, kept in memory and read again when any process changes one. */
export async function settings(): Promise<Settings> {
	if (!listening) {
		listening = true;
		await listen('settings', forgetSettings, forgetSettings);
	}
	known ??= load().catch((error) => {
		known = undefined;
		throw error;
	});
	return known;
}

/** Drops the copy in memory; the next reading asks the database. */
export function forgetSettings(): void {
	known = undefined;
}

const load = () =>
	asSystem('settings', async (tx) => {
		const rows = await tx.many<{ key: string; value: unknown }>(sql`select key, value from platform.setting`);
		return Object.freeze(Object.fromEntries(rows.map(({ key, value }) => [key, value])));
	});

/** One setting, or what holds when nobody chose. */
export async function setting<T>(key: string, fallback: T): Promise<T> {
	const value = (await settings())[key];
	return value === undefined ? fallback : (value as T);
}

/** Changes a setting; every process follows after commit. The caller has checked the right and writes the audit. */
export async function saveSetting(tx: Tx, key: string, value: unknown, byId: string | null): Promise<void> {
	await tx.run(sql`
		insert into platform.setting (key, value, changed_by) values (${key}, ${JSON.stringify(value)}::jsonb, ${byId}::uuid)
		on conflict (key) do update set value = excluded.value, changed_by = excluded.changed_by, changed_at = now()`);
	await tx.run(sql`select pg_notify('settings', ${key})`);
	// The others hear of it in a moment; who changed it sees it on the very next page.
	tx.afterCommit(forgetSettings);
}
