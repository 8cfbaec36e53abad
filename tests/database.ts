import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { closeDatabase } from '#platform/db.ts';
import { startEmbedded } from '#platform/embedded/index.ts';
import { declaredJobs, openQueues, stopWorkers } from '#platform/jobs.ts';
import { migrate, migrationFiles } from '#platform/migrate.ts';

export const folder = join(tmpdir(), 'coopol-tests');
const source = join(import.meta.dirname, '..', 'src');

/** Starts a throw-away PostgreSQL and makes the template that each test file clones: migrated, with the party in it. */
export default async function prepare(): Promise<() => Promise<void>> {
	await import('#registry.ts');
	const database = await startEmbedded({ dataFolder: folder, throwAway: true });
	process.env.COOPOL_TEST_PG = database.url;
	process.env.COOPOL_TEST_TEMPLATE = await template(database.url);
	process.env.COOPOL_KEYS = '11'.repeat(32);
	return () => database.stop();
}

/** The address of another database of the same server. */
export function on(url: string, name: string): string {
	const address = new URL(url);
	address.pathname = `/${name}`;
	return address.href;
}

async function template(url: string): Promise<string> {
	const made = [
		...migrationFiles(source).map(({ hash }) => hash),
		...declaredJobs(),
		readFileSync(join(import.meta.dirname, 'party.ts'), 'utf8'),
	];
	const name = `template_${createHash('sha256').update(made.join()).digest('hex').slice(0, 12)}`;
	const owner = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await owner`select pg_advisory_lock(hashtext('test template'))`;
		const [ready] = await owner`select 1 from pg_database where datname = ${name}`;
		if (!ready) await make(owner, url, name);
		return name;
	} finally {
		await owner.end();
	}
}

async function make(owner: postgres.Sql, url: string, name: string): Promise<void> {
	const half = `${name}_half`;
	await owner.unsafe(`drop database if exists ${half} with (force)`);
	await owner.unsafe(`create database ${half}`);
	const { appUrl, systemUrl } = await migrate(on(url, half), { secretsFolder: folder, source });
	Object.assign(process.env, { COOPOL_APP_URL: appUrl, COOPOL_SYSTEM_URL: systemUrl });
	const { gatherParty } = await import('./party.ts');
	await gatherParty();
	await openQueues();
	await stopWorkers();
	await closeDatabase();
	await owner.unsafe(`alter database ${half} rename to ${name}`);
}
