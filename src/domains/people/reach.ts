import type { Tx } from '#platform/db.ts';
import { fingerprint, seal, unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';

/** A phone number as kept: `+` and digits; null when it has no such shape. French numbers may be written without `+33`. */
export function phoneFrom(typed: string): string | null {
	const bare = typed.replace(/\(0\)/g, '').replace(/[\s.\-()/\u00a0\u202f]/g, '');
	const wide = bare.replace(/^00/, '+').replace(/^0(?=[1-9]\d{8}$)/, '+33');
	return /^\+[1-9]\d{6,14}$/.test(wide) ? wide : null;
}

/** A person's own phone, opened for their own settings; row-level security shows nobody else's. */
export async function ownPhone(tx: Tx, personId: string): Promise<string | null> {
	const row = await tx.one<{
		sealed: string | null;
	}>(sql`select contact.phone_sealed as sealed from people.contact
		where contact.person_id = ${personId}::uuid`);
	return row?.sealed ? unseal('phone', row.sealed) : null;
}

/** Keeps a person's phone, sealed; null forgets it. The caller has checked whose it is. */
export const keepPhone = (tx: Tx, personId: string, phone: string | null) =>
	tx.run(sql`update people.contact set phone_sealed = ${phone && seal('phone', phone)}, phone_key = ${phone && fingerprint('phone', phone)},
		changed_at = now() where contact.person_id = ${personId}::uuid`);

/** Sets the picture that stands beside a person's name all over the network; null takes it away. */
export const keepPhoto = (tx: Tx, personId: string, fileId: string | null) =>
	tx.run(sql`update people.person set photo_id = ${fileId}::uuid where person.id = ${personId}::uuid`);
