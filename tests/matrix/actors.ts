import { createSession } from '#domains/people/index.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import { operations } from '#registry.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';

/** Somebody who knocks at every door, and how: a browser's session or a personal token. */
export interface Actor {
	/** A person of the cast, or the guise that sets this knock apart: `samuel-without-factor`. */
	name: string;
	/** Secret of a browser session; the API's writes take the token instead. */
	cookie?: string;
	token?: string;
}

const lesser = ['samuel', 'yamina', 'bertrand'] as const;

/** The cast, and some of the same people in a lesser state: thirty ways to knock. Runs as the house. */
export async function makeActors(): Promise<Actor[]> {
	const every = [...new Set(Object.values(operations).map(({ scope }) => scope))];
	const actors: Actor[] = [{ name: 'visitor' }];
	for (const person of Object.keys(cast) as CastName[]) {
		actors.push({ name: person, cookie: await session(person, 'fresh'), token: await token(person, every) });
	}
	for (const person of lesser) {
		actors.push({ name: `${person}-without-factor`, cookie: await session(person, 'none') });
		actors.push({ name: `${person}-stale`, cookie: await session(person, 'stale') });
		actors.push({ name: `${person}-token`, token: await token(person, every) });
	}
	actors.push({ name: 'signed-out', cookie: await endedSession('odile') });
	actors.push({ name: 'no-scope', token: await token('odile', ['nothing:read']) });
	actors.push({ name: 'forged', cookie: 'A'.repeat(43), token: `coopol_${'B'.repeat(43)}` });
	return actors;
}

/** How long ago the second factor was given. `fresh` stays so however long the run lasts. */
const ago = { fresh: "interval '-1 day'", stale: "interval '1 hour'" };

async function session(person: CastName, factor: 'fresh' | 'stale' | 'none'): Promise<string> {
	return asSystem('matrix', async (tx) => {
		const { id, secret } = await createSession(tx, idOf(person), `canary-device-${person}`, {
			factor: factor !== 'none',
		});
		if (factor !== 'none')
			await tx.run(
				sql`update people.session set factor_at = now() - ${sql.raw(ago[factor])} where id = ${id}`,
			);
		return secret;
	});
}

async function endedSession(person: CastName): Promise<string> {
	const secret = await session(person, 'fresh');
	await asSystem('matrix', (tx) =>
		tx.run(sql`update people.session set revoked_at = now() where token_hash = ${hashOfSecret(secret)}`),
	);
	return secret;
}

async function token(person: CastName, scopes: string[]): Promise<string> {
	const secret = `coopol_${newId().replaceAll('-', '')}`;
	await asSystem('matrix', (tx) =>
		tx.run(sql`insert into people.token (id, person_id, name, hash, scopes, expires_at)
		values (${newId()}, ${idOf(person)}, ${`canary-token-${person}`}, ${hashOfSecret(secret)}, ${list(scopes, 'text')}, now() + interval '1 day')`),
	);
	return secret;
}
