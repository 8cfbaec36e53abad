import { spawnSync } from 'node:child_process';
import { chownSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Under which account PostgreSQL runs: it refuses root. `prefix` is put before the command. */
export type Account = { uid?: number; gid?: number; owner: number; prefix: string[] };

const nobody = 65534;

/**
 * The account that can run programs of `binaries` on files of `folder`. A plain user is itself. Root becomes
 * `nobody` where every parent folder lets it through, else a mapped user of a user namespace.
 */
export function chooseAccount(binaries: string, folder: string): Account {
	const self = process.getuid?.();
	if (self !== 0) return { owner: self ?? -1, prefix: [] };
	if ([binaries, folder].every(isOpenToNobody)) {
		return { uid: nobody, gid: nobody, owner: nobody, prefix: [] };
	}
	const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'];
	if (spawnSync(prefix[0] as string, [...prefix.slice(1), 'true']).status === 0) return { owner: 0, prefix };
	throw new Error(
		`PostgreSQL refuses to run as root, and other accounts cannot reach ${folder}. ` +
			'Start as a plain user, or set COOPOL_DATA to a folder whose parents everyone may enter.',
	);
}

/** Gives the whole folder to the account, if it is not its own already (root moved between accounts). */
export function handOver(folder: string, account: Account): void {
	if (process.getuid?.() !== 0 || lstatSync(folder).uid === account.owner) return;
	chownSync(folder, account.owner, account.owner);
	for (const name of readdirSync(folder, { recursive: true }) as string[]) {
		const path = join(folder, name);
		if (!lstatSync(path).isSymbolicLink()) chownSync(path, account.owner, account.owner);
	}
}

function isOpenToNobody(folder: string): boolean {
	const { mode, uid } = statSync(folder);
	const enters = uid === nobody ? mode & 0o100 : mode & 0o001;
	return enters !== 0 && (dirname(folder) === folder || isOpenToNobody(dirname(folder)));
}
