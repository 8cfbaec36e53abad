import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Account, handOver } from './account.ts';
import { program } from './binaries.ts';

export const superuser = 'coopol';

// The same answers on every machine: sorting and letters come from PostgreSQL, never from the system.
const manners = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];

/** Makes the cluster in `folder` unless it is there; one left half-made by an interruption is made again. */
export async function prepareCluster(folder: string, binaries: string, account: Account, throwAway: boolean) {
	const cluster = join(folder, 'cluster');
	if (existsSync(cluster)) {
		handOver(cluster, account);
		return;
	}
	const draft = join(folder, 'cluster.draft');
	rmSync(draft, { recursive: true, force: true });
	mkdirSync(draft, { mode: 0o700 });
	const password = join(draft, 'password');
	writeFileSync(password, readPassword(folder));
	handOver(draft, account);
	const made = join(draft, 'cluster');
	const words = ['-D', made, '-U', superuser, `--pwfile=${password}`, '-A', 'scram-sha-256', ...manners];
	await runAs(account, program(binaries, 'initdb'), throwAway ? [...words, '--no-sync'] : words);
	renameSync(made, cluster);
	rmSync(draft, { recursive: true });
}

/** The password of the superuser, made at the first call; only this account of the machine reads it. */
export function readPassword(folder: string): string {
	const file = join(folder, 'password');
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
	return readFileSync(file, 'utf8');
}

/** The command and options by which the account runs a program. */
export function asAccount(account: Account, path: string, words: string[]): [string, string[]] {
	const [first, ...rest] = [...account.prefix, path, ...words];
	return [first as string, rest];
}

async function runAs(account: Account, path: string, words: string[]): Promise<void> {
	const { uid, gid } = account;
	await promisify(execFile)(...asAccount(account, path, words), { uid, gid, cwd: '/' });
}
