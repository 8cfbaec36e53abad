import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sealedHolders } from '#domains/messages/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { countUnsealed } from '#platform/files/seal-kept.ts';
import { countUnnamed } from '#platform/files/sweep.ts';
import { house, mayDemonstrate } from '#platform/house.ts';
import { mailDomain, mailDoor } from '#platform/mail/in/address.ts';
import { dropsOf } from '#platform/mail/in/keep.ts';
import { migrationFiles } from '#platform/migrate.ts';
import { type Fault, faultsOf, isReal } from '#platform/self-check.ts';
import { sql } from '#platform/sql.ts';
import { guarded } from './guarded.ts';

/** One thing that was looked at: whether it is well, what was found, and what to do when it is not. */
export interface Check {
	name: string;
	ok: boolean;
	/** What was found, in numbers or a plain word; never a secret. */
	found?: string | number;
	/** For whoever hosts it; empty when all is well. */
	advice?: string;
}

const check = (name: string, ok: boolean, advice: string, found?: string | number): Check => ({
	name,
	ok,
	...(found !== undefined && { found }),
	...(!ok && { advice }),
});

/** So many files are looked at where a page waits for the answer. */
const filesLookedAt = 5000;

/**
 * Looks at keys, configuration, mail, database, files, queues and migrations. Changes nothing; never throws for what it finds.
 * `files`: how many of them are looked at.
 */
export async function doctor(env: NodeJS.ProcessEnv = process.env, { files = filesLookedAt } = {}) {
	const named = await filesNamed(files);
	return asSystem('doctor', async (tx) => [
		keysFile(env),
		...configuration(env),
		await mail(tx, env),
		await mailIn(tx, env),
		...(await database(tx)),
		await filesSealed(tx),
		named,
		await queue(tx),
		await migrations(tx),
		await demonstration(env),
		await backup(tx),
	]);
}

function keysFile({ COOPOL_KEYS, COOPOL_DATA = '.coopol' }: NodeJS.ProcessEnv): Check {
	if (COOPOL_KEYS) return check('keys_kept', true, '', 'COOPOL_KEYS');
	const file = join(COOPOL_DATA, 'keys');
	if (!existsSync(file))
		return check(
			'keys_kept',
			false,
			`${file} is missing: it is made at the first start. Lost, sealed fields cannot be read any more.`,
		);
	const isPrivate = (statSync(file).mode & 0o077) === 0;
	return check('keys_kept', isPrivate, `Others may read ${file}: chmod 600 it.`);
}

/** The faults that would keep a real organisation from starting, each as a check. */
function configuration(env: NodeJS.ProcessEnv): Check[] {
	const faults = faultsOf(env);
	const found = (['keys', 'setup', 'database_password', 'origin', 'debug'] as const).map((name) => {
		const fault = faults.find((one) => one.name === name);
		return check(name, !fault, fault?.advice ?? '');
	});
	return [...found, uploadsApart(env, faults)];
}

/** A real house starts without it, and is told. */
function uploadsApart(env: NodeJS.ProcessEnv, faults: Fault[]): Check {
	const fault = faults.find(({ name }) => name === 'files');
	return check(
		'files',
		!fault && (Boolean(env.COOPOL_FILES_URL) || !isReal(env)),
		fault?.advice ??
			'Uploads share the host of pages: serve them on a name of their own, COOPOL_FILES_URL=https://fichiers.<host of COOPOL_ORIGIN>.',
	);
}

async function mail(tx: Tx, env: NodeJS.ProcessEnv): Promise<Check> {
	const { waiting } = (await tx.one<{ waiting: number }>(sql`
		select count(*)::int as waiting from platform.mail where sent_at is null and given_up_at is null`))!;
	const sends = Boolean(env.COOPOL_SMTP) || !isReal(env);
	return check(
		'mail',
		sends,
		'No mail leaves: set COOPOL_SMTP (smtps://name:password@server) and COOPOL_MAIL_FROM.',
		waiting,
	);
}

/** Mails that come in: whether the setting can be read, and how many were let fall in a week. */
async function mailIn(tx: Tx, env: NodeJS.ProcessEnv): Promise<Check> {
	const drops = await dropsOf(tx);
	const found = drops.map(({ reason, n }) => `${reason} ${n}`).join(', ') || (env.COOPOL_MAIL_IN ? 0 : 'off');
	const isRead = readable(env);
	const hasDomain = !env.COOPOL_MAIL_IN || !isReal(env) || !mailDomain(await house()).endsWith('.invalid');
	return check(
		'mail_in',
		isRead && hasDomain,
		isRead
			? 'People cannot answer by mail: set COOPOL_MAIL_DOMAIN, the domain whose mails come here (docs/guides/mail-in.md).'
			: 'COOPOL_MAIL_IN must be a port, host:port, lmtp://host:port or pipe.',
		found,
	);
}

function readable(env: NodeJS.ProcessEnv): boolean {
	try {
		mailDoor(env);
		return true;
	} catch {
		return false;
	}
}

async function database(tx: Tx): Promise<Check[]> {
	const strong = await tx.many<{ rolname: string }>(sql`
		select rolname from pg_roles where rolname in ('coopol_app', 'coopol_system') and (rolsuper or rolbypassrls or rolcreaterole)`);
	const bare = await tx.many<{ name: string }>(sql`
		select c.oid::regclass::text as name from pg_class c join pg_policy on pg_policy.polrelid = c.oid
		where not (c.relrowsecurity and c.relforcerowsecurity) group by c.oid order by 1`);
	const missing = await tx.many<{ name: string }>(sql`
		select name from unnest(${guarded}::text[]) as name left join pg_class c on c.oid = to_regclass(name)
		where c.oid is null or not (c.relrowsecurity and c.relforcerowsecurity)`);
	const open = [...new Set([...bare, ...missing].map(({ name }) => name))];
	return [
		check(
			'roles',
			strong.length === 0,
			`These roles may do too much: ${strong.map(({ rolname }) => rolname).join(', ')}. alter role … nosuperuser nobypassrls nocreaterole`,
		),
		check('row_security', open.length === 0, `Row-level security is not forced on: ${open.join(', ')}`),
	];
}

/** Files of messages that were kept before they were sealed. */
async function filesSealed(tx: Tx): Promise<Check> {
	const n = await countUnsealed(tx, sealedHolders);
	return check(
		'files_sealed',
		n === 0,
		`Files of messages, in their sizes, can be read on the disk: ${n}. npm run coopol -- files seal`,
		n,
	);
}

/** The sweep comes back each night, to what is a day old by then. */
const sweptAfter = 2 * 24 * 3_600_000;

/** Files on the disk that nothing names, and that no sweep took off. */
async function filesNamed(most: number): Promise<Check> {
	const { unnamed } = await countUnnamed({ most, age: sweptAfter });
	return check(
		'files_named',
		unnamed === 0,
		`Files on the disk that nothing names, two days old or more: ${unnamed}. Is this their database? npm run coopol -- files sweep`,
		unnamed,
	);
}

const minutesAtMost = 15;

/** How long the oldest thing that should be done has waited. */
async function queue(tx: Tx): Promise<Check> {
	const { minutes } = (await tx.one<{
		minutes: number;
	}>(sql`select coalesce(floor(extract(epoch from now() - least(
			(select min(job.start_after) from jobs.job where job.state in ('created', 'retry') and job.start_after < now()),
			(select min(mail.try_at) from platform.mail where sent_at is null and given_up_at is null and mail.try_at < now()))) / 60), 0)::int as minutes`))!;
	return check(
		'queue',
		minutes < minutesAtMost,
		'Work waits: does a process with ROLE=worker or ROLE=all run, and does the mail server answer?',
		minutes,
	);
}

async function migrations(tx: Tx): Promise<Check> {
	const done = new Set(
		(await tx.many<{ name: string }>(sql`select name from platform.migration`)).map(({ name }) => name),
	);
	const source = join(process.cwd(), 'src');
	const waiting = existsSync(source) ? migrationFiles(source).filter(({ name }) => !done.has(name)) : [];
	return check('migrations', waiting.length === 0, 'npm run coopol -- migrate', waiting.length);
}

async function demonstration(env: NodeJS.ProcessEnv): Promise<Check> {
	const { demo } = await house();
	return check(
		'demo',
		!demo || mayDemonstrate(env),
		'The demonstration is open on your own database: remove COOPOL_DEMO.',
	);
}

/** A backup command writes when it last succeeded; until one has, nothing is known, and it is said. */
async function backup(tx: Tx): Promise<Check> {
	if (!isReal(process.env)) return check('backup', true, '', 'demo');
	const last = await tx.one<{ hours: number | null }>(sql`
		select floor(extract(epoch from now() - (value #>> '{}')::timestamptz) / 3600)::int as hours from platform.setting where key = 'backup'`);
	return check(
		'backup',
		last?.hours != null && last.hours < 26,
		'No backup of the last 26 hours is known.',
		last?.hours ?? 'unknown',
	);
}
