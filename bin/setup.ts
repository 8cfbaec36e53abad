import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asOwner } from '#platform/owner.ts';
import { dataFolder } from './database.ts';

/**
 * While nobody has founded the organisation, the path of the first page with the key that opens it: whoever reads this
 * console, and no stranger of the network. The key is kept in the data folder, for its owner only. Null once founded.
 */
export async function setupPath(ownerUrl: string): Promise<string | null> {
	const file = join(dataFolder(), 'setup-key');
	if (!(await isUnfounded(ownerUrl))) {
		rmSync(file, { force: true });
		return null;
	}
	process.env.COOPOL_SETUP_TOKEN ??= keyIn(file);
	return `/premiers-pas?jeton=${encodeURIComponent(process.env.COOPOL_SETUP_TOKEN)}`;
}

function keyIn(file: string): string {
	if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
	return readFileSync(file, 'utf8').trim();
}

const isUnfounded = (ownerUrl: string): Promise<boolean> =>
	asOwner(ownerUrl, async (owner) => {
		const { rowCount } = await owner.query(`select from platform.setting where key = 'organisation'`);
		return rowCount === 0;
	});

/** A real organisation on the embedded database and without a public address is being tried: this computer alone reaches it. */
export function keepToThisComputer(mode: 'demo' | 'new'): boolean {
	const { DATABASE_URL, COOPOL_ORIGIN, HOST, COOPOL_INSECURE } = process.env;
	if (mode === 'demo' || DATABASE_URL || COOPOL_ORIGIN || HOST || COOPOL_INSECURE) return false;
	process.env.COOPOL_INSECURE = 'yes';
	return true;
}
