import { randomInt } from 'node:crypto';
import { isFresh } from '#platform/access.ts';
import { asSystemSecret, type Tx } from '#platform/db.ts';
import { secondFactorFirst } from '#platform/errors.ts';
import { fingerprint } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { tellSecurity } from '../security-mail.ts';

const count = 10;
// No letter that is read for another one on paper.
const letters = '23456789abcdefghjkmnpqrstuvwxyz';
const newCode = () => Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');

const plain = (code: string) => code.toLowerCase().replace(/[^a-z0-9]/g, '');
const hashOf = (personId: string, code: string) => fingerprint('recovery-code', `${personId} ${plain(code)}`);

/** Makes ten codes to keep on paper, each good once; the former ones are void. Shown once: only hashes stay. Throws SecondFactor, Conflict. */
export const makeRecoveryCodes = (viewer: Viewer): Promise<string[]> =>
	asSystemSecret(viewer, 'second-factor', async (tx) => {
		if (!isFresh(viewer)) throw secondFactorFirst();
		const codes = Array.from({ length: count }, newCode);
		await tx.run(sql`delete from people.recovery_code where person_id = ${viewer.id}::uuid`);
		await tx.run(sql`insert into people.recovery_code (person_id, hash)
			select ${viewer.id}::uuid, unnest(${list(
				codes.map((code) => hashOf(viewer.id!, code)),
				'text',
			)})`);
		await tellSecurity(tx, viewer.id!, 'recovery_codes');
		return codes.map((code) => `${code.slice(0, 5)} ${code.slice(5)}`);
	});

/** Takes a recovery code, once; its person is told, for paper is found by others too. */
export async function takeRecoveryCode(tx: Tx, personId: string, code: string): Promise<boolean> {
	const taken = await tx.run(sql`update people.recovery_code set used_at = now()
		where person_id = ${personId}::uuid and hash = ${hashOf(personId, code)} and used_at is null`);
	if (taken) await tellSecurity(tx, personId, 'recovery_code_used');
	return taken === 1;
}
