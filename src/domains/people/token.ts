import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { read, type Tx, write, writeSecret } from '#platform/db.ts';
import { invalidField, secondFactorFirst } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { hashOfSecret, newSecret } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { tokens } from './policy.ts';
import { tellSecurity } from './security-mail.ts';

/** A key that a person gave to a program. */
export interface Token {
	id: string;
	name: string;
	scopes: string[];
	created_at: Date;
	used_at: Date | null;
	expires_at: Date;
}

const tokensAtMost = 20;
export const tokenDays = ['30', '90', '365'] as const;

export const TokenForm = v.object({
	name: v.pipe(
		v.string('people.token_name_missing'),
		v.trim(),
		v.nonEmpty('people.token_name_missing'),
		v.maxLength(60, 'people.token_name_long'),
	),
	scopes: v.pipe(
		v.optional(v.array(v.string()), []),
		v.minLength(1, 'people.token_scopes_missing'),
		v.maxLength(50, 'app.invalid_value'),
	),
	days: v.picklist(tokenDays, 'app.invalid_value'),
});

/**
 * Makes a key for a program, with some of the person's rights, for a year at most. Gives its secret, shown once: only a
 * hash is kept. `known`: every scope the house has. Throws SecondFactor, Invalid.
 */
export const createToken = (
	viewer: Viewer,
	{ name, scopes, days }: v.InferOutput<typeof TokenForm>,
	known: readonly string[],
): Promise<string> => {
	if (!isFresh(viewer)) throw secondFactorFirst();
	if (scopes.some((scope) => !known.includes(scope))) throw invalidField('scopes', 'app.invalid_value');
	return writeSecret(viewer, async (tx) => {
		// One at a time for a person, so that two tabs do not pass the limit together.
		await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`tokens ${viewer.id}`}, 0))`);
		const held = await tx.one<{ n: number }>(
			sql`select count(*)::int as n from people.token where ${tokens.see(viewer)} and revoked_at is null and expires_at > now()`,
		);
		if (held!.n >= tokensAtMost) throw invalidField('name', 'people.token_too_many');
		const secret = `coopol_${newSecret()}`;
		await tx.run(sql`insert into people.token (id, person_id, name, hash, scopes, expires_at)
			values (${newId()}, ${viewer.id}::uuid, ${name}, ${hashOfSecret(secret)}, ${list([...new Set(scopes)], 'text')}, now() + make_interval(days => ${Number(days)}::int))`);
		await tellSecurity(tx, viewer.id!, 'token');
		return secret;
	});
};

/** Notes that a key is in use, at most once in five minutes. Runs as the house. */
export const noteUsed = (tx: Tx, secret: string): Promise<number> =>
	tx.run(sql`update people.token set used_at = now()
		where hash = ${hashOfSecret(secret)} and (used_at is null or used_at < now() - interval '5 minutes')`);

/** The viewer's keys in force. */
export const tokensOf = (viewer: Viewer): Promise<Token[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select id, name, scopes, created_at, used_at, expires_at from people.token
			where ${tokens.see(viewer)} and revoked_at is null and expires_at > now() order by created_at desc`),
	);

/** Ends one of the viewer's keys at once; another person's does not exist. */
export const revokeToken = (viewer: Viewer, { id }: { id: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await tokens.guard(tx, viewer, 'revoke', id);
		await tx.run(sql`update people.token set revoked_at = now() where id = ${id}::uuid`);
	});
