import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { erase } from './erase.ts';
import { own } from './own.ts';

/**
 * Deletes what outlived its time in every domain, and erases people whose whole record did. Gives rows by table, and how many
 * people (`people`). `dry` changes nothing and counts what would go.
 */
export async function retain(
	domains: readonly Domain[],
	now: Date,
	dry: boolean,
): Promise<Record<string, number>> {
	const people = await asSystem('retention', async (tx) => {
		const ids: string[] = [];
		for (const { privacy } of domains) ids.push(...((await privacy?.outlived?.(tx, now)) ?? []));
		return [...new Set(ids)];
	});
	if (!dry) for (const id of people) await erase(domains, id);
	const rows: Record<string, number> = {};
	for (const privacy of [...domains.toReversed().map((domain) => domain.privacy), own]) {
		const touched = await asSystem('retention', async (tx) => (await privacy?.retain?.(tx, now, dry)) ?? {});
		for (const [table, count] of Object.entries(touched)) rows[table] = (rows[table] ?? 0) + count;
	}
	return { ...rows, people: people.length };
}
