import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { closeDatabase } from '#platform/db.ts';
import { migrate } from '#platform/migrate.ts';
import prepare, { folder, on } from '#tests/database.ts';
import { adapterSettings } from '../serve/forwarded.ts';
import { type Answer, serve } from '../serve/index.ts';
import { root } from '../sources.ts';
import { deafen } from './hush.ts';
import { within } from './under-way.ts';

export interface Stage {
	/** Starts the built server on it, in this process; gives its address. */
	open(): Promise<string>;
	close(): Promise<void>;
}

/** A throw-away database with the party in it, and what the server needs to run on it. */
export async function setStage(): Promise<Stage> {
	const data = mkdtempSync(join(tmpdir(), 'coopol-matrix-'));
	Object.assign(process.env, {
		COOPOL_DATA: data,
		COOPOL_MODE: 'demo',
		ROLE: 'web',
		NODE_ENV: 'production',
		COOPOL_POOL: '12',
	});
	const stop = await prepare();
	const name = `matrix_${randomBytes(6).toString('hex')}`;
	const url = process.env.COOPOL_TEST_PG!;
	await asOwner(url, `create database ${name} template ${process.env.COOPOL_TEST_TEMPLATE}`);
	const { appUrl, systemUrl } = await migrate(on(url, name), { secretsFolder: folder });
	Object.assign(process.env, {
		COOPOL_APP_URL: appUrl,
		COOPOL_SYSTEM_URL: systemUrl,
		COOPOL_OWNER_URL: on(url, name),
	});
	let drain = async (_grace: number) => {};
	return {
		open: async () => {
			Object.assign(process.env, adapterSettings);
			const { handler } = (await import(pathToFileURL(join(root, 'build/handler.js')).href)) as {
				handler: Answer;
			};
			const serving = await serve(within(handler), { port: 0, host: '127.0.0.1', standing: { proxies: 0 } });
			drain = serving.drain;
			return `http://127.0.0.1:${(serving.server.address() as AddressInfo).port}`;
		},
		close: async () => {
			await drain(1000);
			await closeDatabase();
			deafen();
			await asOwner(url, `drop database ${name} with (force)`);
			await stop();
			rmSync(data, { recursive: true, force: true });
		},
	};
}

async function asOwner(url: string, statement: string): Promise<void> {
	const owner = postgres(url, { max: 1, onnotice: () => {} });
	try {
		await owner.unsafe(statement);
	} finally {
		await owner.end();
	}
}
