import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { getConstructionPlans } from 'pg-boss';
import { asOwner } from './owner.ts';

/** What a migration run did, and how the app connects from now on. */
export interface Migrated {
	applied: string[];
	/** Connection of the app: owns nothing, row-level security holds. */
	appUrl: string;
	/** Connection of the house's own acts; rows open only to a stated purpose. */
	systemUrl: string;
}

interface Options {
	/** Where the roles' passwords are kept (0600); without it, `COOPOL_APP_URL` and `COOPOL_SYSTEM_URL` decide. */
	secretsFolder?: string;
	/** Folder of the server's socket: the app's roles go through it rather than the network. */
	sockets?: string | undefined;
	/** Folder that holds `platform/` and `domains/`. */
	source?: string;
}

const here = join(dirname(fileURLToPath(import.meta.url)), '..');
const roles = ['coopol_app', 'coopol_system'] as const;

/** Brings the database to the newest shape: roles, schemas, every `.sql` file not yet applied, in date order, then grants. */
export async function migrate(ownerUrl: string, options: Options = {}): Promise<Migrated> {
	const source = options.source ?? (existsSync(join(here, 'domains')) ? here : join(process.cwd(), 'src'));
	const passwords = rolePasswords(options.secretsFolder);
	return asOwner(ownerUrl, async (owner) => {
		await owner.query('begin');
		await owner.query(`select pg_advisory_xact_lock(hashtext('coopol migrate'))`);
		await makeRoles(owner, passwords);
		const files = migrationFiles(source);
		const applied = await applyNew(owner, files);
		await makeJobTables(owner);
		if (applied.length) await grant(owner, [...new Set(files.flatMap(({ schemas }) => schemas)), 'jobs']);
		await owner.query('commit');
		return { applied, ...addresses(ownerUrl, passwords, options.sockets) };
	});
}

/** How the app connects to a database of a server whose roles were made by `migrate`, with what it kept in that folder. */
export const appAddresses = (ownerUrl: string, secretsFolder: string) =>
	addresses(ownerUrl, rolePasswords(secretsFolder));

const addresses = (ownerUrl: string, passwords: Passwords | null, sockets?: string) => ({
	appUrl: urlFor(ownerUrl, 'coopol_app', passwords, sockets),
	systemUrl: urlFor(ownerUrl, 'coopol_system', passwords, sockets),
});

type Passwords = Record<(typeof roles)[number], string>;

function rolePasswords(folder: string | undefined): Passwords | null {
	if (!folder) return null;
	mkdirSync(folder, { recursive: true });
	const file = join(folder, 'roles.json');
	if (!existsSync(file)) {
		const made = Object.fromEntries(roles.map((role) => [role, randomBytes(24).toString('base64url')]));
		writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
	}
	return JSON.parse(readFileSync(file, 'utf8')) as Passwords;
}

async function makeRoles(owner: pg.Client, passwords: Passwords | null) {
	for (const role of roles) {
		const found = await owner.query('select from pg_roles where rolname = $1', [role]);
		if (!found.rowCount)
			await owner.query(`create role ${role} login nosuperuser nocreatedb nocreaterole noinherit`);
		if (passwords) await setPassword(owner, role, passwords[role]);
	}
	await owner.query(`create schema if not exists platform; create schema if not exists audit;
		create table if not exists platform.migration (
			name text primary key, hash text not null, applied_at timestamptz not null default now())`);
}

// Roles are shared by every database of the server, where our lock does not reach: somebody else may be setting the same one.
async function setPassword(owner: pg.Client, role: string, password: string, tries = 20): Promise<void> {
	await owner.query('savepoint password');
	try {
		await owner.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
	} catch (error) {
		await owner.query('rollback to savepoint password');
		if (!tries || !/concurrently updated/.test((error as Error).message)) throw error;
		await new Promise((resolve) => setTimeout(resolve, 50 * Math.random()));
		await setPassword(owner, role, password, tries - 1);
	}
}

async function makeJobTables(owner: pg.Client) {
	const { rows } = await owner.query<{ missing: boolean }>(
		`select to_regnamespace('jobs') is null as missing`,
	);
	if (rows[0]?.missing) await owner.query(getConstructionPlans('jobs').replace(/\b(BEGIN|COMMIT);/g, ''));
}

interface MigrationFile {
	name: string;
	text: string;
	hash: string;
	schemas: string[];
}

/** Every migration under the source folder, oldest first; a domain's files live in its own schema. */
export function migrationFiles(source: string): MigrationFile[] {
	const domains = readdirSync(join(source, 'domains')).map((name) => join(source, 'domains', name));
	const folders = [join(source, 'platform'), ...domains]
		.map((folder) => join(folder, 'migrations'))
		.filter(existsSync);
	const files = folders.flatMap((folder) => {
		const owner = basename(dirname(folder)).replaceAll('-', '_');
		return readdirSync(folder)
			.filter((file) => file.endsWith('.sql'))
			.map((file) => {
				const text = readFileSync(join(folder, file), 'utf8');
				const hash = createHash('sha256').update(text).digest('hex');
				return { name: file, text, hash, schemas: owner === 'platform' ? ['platform', 'audit'] : [owner] };
			});
	});
	return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function applyNew(owner: pg.Client, files: MigrationFile[]): Promise<string[]> {
	const { rows } = await owner.query<{ name: string; hash: string }>(
		'select name, hash from platform.migration',
	);
	const done = new Map(rows.map((row) => [row.name, row.hash]));
	const applied: string[] = [];
	for (const file of files) {
		const before = done.get(file.name);
		if (before && before !== file.hash)
			throw new Error(`migration ${file.name} changed after it was applied; write a new one`);
		if (before) continue;
		for (const schema of file.schemas) await owner.query(`create schema if not exists ${schema}`);
		await owner.query(file.text).catch((error: Error) => {
			throw new Error(`migration ${file.name}: ${error.message}`, { cause: error });
		});
		await owner.query('insert into platform.migration (name, hash) values ($1, $2)', [file.name, file.hash]);
		applied.push(file.name);
	}
	return applied;
}

/** The app roles read and write rows, never shapes; tables marked @append-only take new rows only. */
async function grant(owner: pg.Client, schemas: string[]) {
	const both = roles.join(', ');
	for (const schema of schemas) {
		await owner.query(`grant usage on schema ${schema} to ${both};
			grant select, insert, update, delete on all tables in schema ${schema} to ${both};
			grant usage on all sequences in schema ${schema} to ${both};
			grant execute on all functions in schema ${schema} to ${both}`);
	}
	const kept = await owner.query<{ name: string }>(`
		select c.oid::regclass::text as name from pg_class c
		where c.relkind = 'r' and obj_description(c.oid, 'pg_class') like '%@append-only%'`);
	for (const { name } of kept.rows) await owner.query(`revoke update, delete on ${name} from ${both}`);
	await owner.query(`revoke insert, update, delete on platform.migration from ${both}`);
}

function urlFor(
	ownerUrl: string,
	role: (typeof roles)[number],
	passwords: Passwords | null,
	sockets?: string,
): string {
	const given = process.env[role === 'coopol_app' ? 'COOPOL_APP_URL' : 'COOPOL_SYSTEM_URL'];
	if (given && !passwords) return given;
	const url = new URL(ownerUrl);
	url.username = role;
	url.password = passwords?.[role] ?? '';
	if (sockets) url.searchParams.set('host', sockets);
	return url.href;
}
