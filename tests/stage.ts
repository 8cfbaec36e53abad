import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll } from 'vitest';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { closeDatabase } from '#platform/db.ts';
import { openQueues, stopWorkers } from '#platform/jobs.ts';
import { appAddresses } from '#platform/migrate.ts';
import { forgetSettings } from '#platform/settings.ts';
import { type Viewer, visitor } from '#platform/viewer.ts';
import { apps, declareDomains } from '#registry.ts';
import { folder, on } from './database.ts';
import { type CastName, idOf } from './party.ts';

/** A person of the cast, signed in, second factor just given if they hold an office. Made afresh: roles are of now. */
export async function as(name: CastName | 'visitor', { factor = true } = {}): Promise<Viewer> {
	if (name === 'visitor') return visitor;
	const viewer = await viewerOfPerson(idOf(name), apps, factor ? new Date() : null);
	return viewer.officer || !factor ? viewer : { ...viewer, secondFactor: false, factorAt: null };
}

/** The name of a refusal, or what came out: `await outcome(show(odile, id))` is 'NotFound' or the thing. */
export const outcome = <T>(work: Promise<T>): Promise<T | string> => work.catch((error: Error) => error.name);

/** Gives the test file a database of its own, cloned from the template, and a folder for what is uploaded; gone at the end. */
export function stage(): void {
	const name = `clone_${randomBytes(6).toString('hex')}`;
	const url = process.env.COOPOL_TEST_PG!;
	const files = join(tmpdir(), `coopol-files-${name}`);
	beforeAll(async () => {
		await mkdir(files);
		// By its files: a twelfth of the processor that copying row by row takes.
		await owner((sql) =>
			sql.unsafe(`create database ${name} template ${process.env.COOPOL_TEST_TEMPLATE} strategy file_copy`),
		);
		const { appUrl, systemUrl } = appAddresses(on(url, name), folder);
		Object.assign(process.env, {
			COOPOL_APP_URL: appUrl,
			COOPOL_SYSTEM_URL: systemUrl,
			COOPOL_OWNER_URL: on(url, name),
			COOPOL_POOL: '4',
			COOPOL_FILES: files,
		});
		declareDomains();
		forgetSettings();
		await openQueues();
	});
	afterAll(async () => {
		await stopWorkers();
		await closeDatabase();
		await rm(files, { recursive: true, force: true });
		await owner((sql) => sql.unsafe(`drop database ${name} with (force)`));
	});
}

async function owner(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
	const sql = postgres(process.env.COOPOL_TEST_PG!, { max: 1, onnotice: () => {} });
	try {
		await work(sql);
	} finally {
		await sql.end();
	}
}
