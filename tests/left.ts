import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drainJobs } from '#platform/jobs.ts';
import { everything } from '#platform/privacy/canaries.fixture.ts';
import { erase } from '#platform/privacy/erase.ts';
import { gather } from '#platform/privacy/gather.ts';
import { fold } from '#platform/text/fold.ts';
import { domains } from '#registry.ts';
import { type CastName, idOf } from './party.ts';

/** What a person takes away, as text: of one domain, or of the whole house. */
export async function taken(name: CastName, domain?: string): Promise<string> {
	const all = (await gather(domains, idOf(name))).domains;
	return JSON.stringify(domain ? all[domain] : all);
}

/** Erases a person as their thirty days are over, and does the work that follows. */
export async function forget(name: CastName): Promise<void> {
	await erase(domains, idOf(name));
	await drainJobs();
}

const files = (): string[] => {
	const root = process.env.COOPOL_FILES ?? '';
	if (!existsSync(root)) return [];
	return readdirSync(root, { recursive: true, withFileTypes: true })
		.filter((one) => one.isFile())
		.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
};

/**
 * Where any of these words still is, however it is written: `schema.table.column` for each place of the database (queues and
 * search indexes too), `a file` for the stored bytes. Short words find too much: give whole ones.
 */
export async function placesOf(...words: string[]): Promise<string[]> {
	const sought = words.flatMap((word) => [word.toLowerCase(), fold(word)]);
	const holds = (text: string) => sought.some((word) => text.toLowerCase().includes(word));
	const found = (await everything()).flatMap(({ table, json }) =>
		Object.entries(json)
			.filter(([, value]) => holds(JSON.stringify(value)))
			.map(([column]) => `${table}.${column}`),
	);
	return [...new Set([...found, ...(files().some(holds) ? ['a file'] : [])])].toSorted();
}
