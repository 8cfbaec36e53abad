import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { getConstructionPlans } from 'pg-boss';
import postgres from 'postgres';

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
	const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
	try {
		const passwords = rolePasswords(options.secretsFolder);
		return await owner.begin(async (sql) => {
			await sql`select pg_advisory_xact_lock(hashtext('coopol migrate'))`;
			await makeRoles(sql, passwords);
			const files = migrationFiles(source);
			const applied = await applyNew(sql, files);
			await makeJobTables(sql);
			if (applied.length) await grant(sql, [...new Set(files.flatMap(({ schemas }) => schemas)), 'jobs']);
			return {
				applied,
				appUrl: urlFor(ownerUrl, 'coopol_app', passwords, options.sockets),
				systemUrl: urlFor(ownerUrl, 'coopol_system', passwords, options.sockets),
			};
		});
	} finally {
		await owner.end();
	}
}

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

async function makeRoles(sql: postgres.TransactionSql, passwords: Passwords | null) {
	for (const role of roles) {
		const [found] = await sql`select 1 from pg_roles where rolname = ${role}`;
		if (!found) await sql.unsafe(`create role ${role} login nosuperuser nocreatedb nocreaterole noinherit`);
		if (passwords) await setPassword(sql, role, passwords[role]);
	}
	await sql.unsafe('create schema if not exists platform; create schema if not exists audit');
	await sql`create table if not exists platform.migration (
		name text primary key, hash text not null, applied_at timestamptz not null default now())`;
}

// Roles are shared by every database of the server, where our lock does not reach: somebody else may be setting the same one.
async function setPassword(
	sql: postgres.TransactionSql,
	role: string,
	password: string,
	tries = 20,
): Promise<void> {
	try {
		await sql.savepoint((inner) => inner.unsafe(`alter role ${role} password '${password}'`));
	} catch (error) {
		if (!tries || !/concurrently updated/.test((error as Error).message)) throw error;
		await new Promise((resolve) => setTimeout(resolve, 50 * Math.random()));
		await setPassword(sql, role, password, tries - 1);
	}
}

async function makeJobTables(sql: postgres.TransactionSql) {
	const [found] = await sql`select 1 from pg_namespace where nspname = 'jobs'`;
	if (!found) await sql.unsafe(getConstructionPlans('jobs').replace(/\b(BEGIN|COMMIT);/g, ''));
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

async function applyNew(sql: postgres.TransactionSql, files: MigrationFile[]): Promise<string[]> {
	const done = new Map(
		(await sql`select name, hash from platform.migration`).map((row) => [row.name, row.hash]),
	);
	const applied: string[] = [];
	for (const file of files) {
		const before = done.get(file.name);
		if (before && before !== file.hash)
			throw new Error(`migration ${file.name} changed after it was applied; write a new one`);
		if (before) continue;
		for (const schema of file.schemas) await sql.unsafe(`create schema if not exists ${schema}`);
		await sql.unsafe(file.text).catch((error: Error) => {
			throw new Error(`migration ${file.name}: ${error.message}`, { cause: error });
		});
		await sql`insert into platform.migration (name, hash) values (${file.name}, ${file.hash})`;
		applied.push(file.name);
	}
	return applied;
}

/** The app roles read and write rows, never shapes; tables marked @append-only take new rows only. */
async function grant(sql: postgres.TransactionSql, schemas: string[]) {
	const both = roles.join(', ');
	for (const schema of schemas) {
		await sql.unsafe(`grant usage on schema ${schema} to ${both};
			grant select, insert, update, delete on all tables in schema ${schema} to ${both};
			grant usage on all sequences in schema ${schema} to ${both};
			grant execute on all functions in schema ${schema} to ${both}`);
	}
	const kept = await sql`
		select c.oid::regclass::text as name from pg_class c
		where c.relkind = 'r' and obj_description(c.oid, 'pg_class') like '%@append-only%'`;
	for (const { name } of kept) await sql.unsafe(`revoke update, delete on ${name} from ${both}`);
	await sql.unsafe(`revoke insert, update, delete on platform.migration from ${both}`);
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
