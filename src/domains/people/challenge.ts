import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '#platform/db.ts';
import { invalidField, type Refusal } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';

export type Purpose =
	| 'sign-in'
	| 'sign-up'
	| 'email-change'
	| 'recovery'
	| 'passkey'
	| 'oidc'
	| 'factor'
	| 'number';

/** Something to be proved: that one reads this mailbox, holds this key, is back from that site. */
export interface Challenge {
	id: string;
	purpose: Purpose;
	email_key: string | null;
	person_id: string | null;
	detail: Record<string, string>;
	tries: number;
	used_at: Date | null;
	expired: boolean;
}

export const minutesAtMost = 15;
export const triesAtMost = 5;

/** The six digits of a challenge: made from the house's key, so that reading the database does not tell them. */
export function codeOf(id: string): string {
	const bytes = Buffer.from(fingerprint('code', id), 'base64url');
	return String(bytes.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
}

/** The long secret in the mail's link, for who reads it on the same device; as guessable as a key is. */
export const linkSecretOf = (id: string) => fingerprint('link', id);

interface Opening {
	id?: string;
	purpose: Purpose;
	email?: string | null;
	personId?: string | null;
	detail?: Record<string, string>;
	/** Hash kept instead of the link's. */
	hash?: string;
	minutes?: number;
}

/** Opens a challenge; gives its id. */
export async function openChallenge(tx: Tx, opening: Opening): Promise<string> {
	const { id = newId(), purpose, email, personId, detail = {}, minutes = minutesAtMost } = opening;
	const hash = opening.hash ?? hashOfSecret(linkSecretOf(id));
	await tx.run(sql`insert into people.challenge (id, purpose, email_key, person_id, hash, detail, expires_at)
		values (${id}, ${purpose}, ${email?.toLowerCase() ?? null}, ${personId ?? null}::uuid, ${hash}, ${JSON.stringify(detail)}::jsonb,
			now() + make_interval(mins => ${minutes}::int))`);
	return id;
}

const columns = sql`id, purpose, email_key, person_id, detail, tries, used_at, expires_at <= now() as expired`;

/** A challenge by its id, held until the transaction ends. */
export const holdChallenge = (tx: Tx, id: string) =>
	tx.one<Challenge>(sql`select ${columns} from people.challenge where id = ${id}::uuid for update`);

/** The same, by the secret of its link. */
export const holdByLink = (tx: Tx, secret: string) =>
	tx.one<Challenge>(
		sql`select ${columns} from people.challenge where hash = ${hashOfSecret(secret)} for update`,
	);

/** It served: it never will again. */
export const spend = (tx: Tx, id: string) =>
	tx.run(sql`update people.challenge set used_at = now() where id = ${id}::uuid`);

/** A proof that failed; thrown after the transaction, so that the try is counted. */
export type Verdict<T> = { proved: T } | { refused: Refusal };

const refused = (key: string, args?: Record<string, number>) => ({
	refused: invalidField('code', key, args),
});

/** Why a challenge cannot serve any more, or null. Unknown, expired and used look the same. */
export function staleness(challenge: Challenge | undefined): { refused: Refusal } | null {
	if (!challenge || challenge.used_at || challenge.expired) return refused('people.code_over');
	return challenge.tries >= triesAtMost ? refused('people.code_spent') : null;
}

/** Compares the six digits in constant time; counts a wrong one. The challenge is held by the caller. */
export async function tryCode(
	tx: Tx,
	challenge: Challenge | undefined,
	typed: string,
): Promise<Verdict<Challenge>> {
	const stale = staleness(challenge);
	if (stale) return stale;
	const given = Buffer.from(typed.replace(/\D/g, '').padStart(6, 'x').slice(0, 6));
	if (timingSafeEqual(given, Buffer.from(codeOf(challenge!.id)))) return { proved: challenge! };
	await tx.run(sql`update people.challenge set tries = tries + 1 where id = ${challenge!.id}::uuid`);
	const left = triesAtMost - 1 - challenge!.tries;
	return left > 0 ? refused('people.code_wrong', { n: left }) : refused('people.code_spent');
}

/** What was proved, or the refusal. */
export function settle<T>(verdict: Verdict<T>): T {
	if ('refused' in verdict) throw verdict.refused;
	return verdict.proved;
}
