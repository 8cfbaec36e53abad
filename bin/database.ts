import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmbedded } from '#platform/embedded/index.ts';
import { root } from './sources.ts';
import { step } from './steps.ts';

/** Where this machine keeps what is not in the database server of DATABASE_URL: `COOPOL_DATA`, else `.coopol`. */
export function dataFolder(): string {
	return resolve(process.env.COOPOL_DATA ?? join(root, '.coopol'));
}

export type Database = {
	ownerUrl: string;
	/** The folder of the embedded one's socket. */
	sockets?: string | undefined;
	stop: () => Promise<void>;
};

/** Opens the database: the one of DATABASE_URL, else the embedded one, started or joined. Says what it does. */
export async function openDatabase(): Promise<Database> {
	const given = process.env.DATABASE_URL;
	if (given) {
		console.log(`Database… ${new URL(given).host}, as DATABASE_URL says`);
		return { ownerUrl: given, stop: async () => {} };
	}
	let stop = async () => {};
	let ownerUrl = '';
	let sockets: string | undefined;
	await step('Database', async () => {
		const embedded = await startEmbedded({ dataFolder: join(dataFolder(), 'database'), keep: true });
		({ stop, url: ownerUrl, sockets } = embedded);
		return `${embedded.adopted ? 'joined' : 'started'} in ${dataFolder()}`;
	});
	return { ownerUrl, sockets, stop };
}

/** Brings the database to the shape of this version, and tells the server how to connect. */
export async function bringUpToDate({ ownerUrl, sockets }: Database): Promise<void> {
	const { migrate } = await import('#platform/migrate.ts');
	const { COOPOL_APP_URL, COOPOL_SYSTEM_URL, DATABASE_URL } = process.env;
	const passwordsGiven = DATABASE_URL && COOPOL_APP_URL && COOPOL_SYSTEM_URL;
	await step('Migrations', async () => {
		const secretsFolder = passwordsGiven ? undefined : join(dataFolder(), 'secrets');
		const { applied, appUrl, systemUrl } = await migrate(
			ownerUrl,
			secretsFolder ? { secretsFolder, sockets } : {},
		);
		process.env.COOPOL_OWNER_URL = ownerUrl;
		process.env.COOPOL_APP_URL = appUrl;
		process.env.COOPOL_SYSTEM_URL = systemUrl;
		return applied.length ? `${applied.length} applied` : 'none to apply';
	});
}

export type Mode = 'demo' | 'new';

/**
 * What this installation is for. On a database of one's own, a real organisation unless COOPOL_DEMO=yes; on the
 * embedded one, decided once, at the first start: the demo, unless `--new` or COOPOL_DEMO=no.
 * Throws when `--new` is asked of a folder that holds the demo.
 */
export function chooseMode(wantsNew: boolean): Mode {
	const { DATABASE_URL, COOPOL_DEMO } = process.env;
	if (DATABASE_URL) return COOPOL_DEMO === 'yes' && !wantsNew ? 'demo' : 'new';
	return rememberMode(wantsNew || COOPOL_DEMO === 'no' ? 'new' : 'demo', wantsNew);
}

function rememberMode(wished: Mode, wantsNew: boolean): Mode {
	const file = join(dataFolder(), 'mode');
	if (!existsSync(file)) {
		mkdirSync(dataFolder(), { recursive: true });
		writeFileSync(file, `${wished}\n`);
	}
	const mode = readFileSync(file, 'utf8').trim() as Mode;
	if (mode === 'new' || !wantsNew) return mode;
	throw new Error(
		`${dataFolder()} holds the demo. Name another folder: COOPOL_DATA=./mine npm start -- --new`,
	);
}
