import {
	type AuthenticationResponseJSON,
	generateAuthenticationOptions,
	generateRegistrationOptions,
	type RegistrationResponseJSON,
	verifyAuthenticationResponse,
	verifyRegistrationResponse,
} from '@simplewebauthn/server';
import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound, secondFactorFirst } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { holdByLink, openChallenge, spend, staleness } from '../challenge.ts';
import { type Entered, letIn } from '../enter.ts';
import { passkeys } from '../policy.ts';
import { tellSecurity } from '../security-mail.ts';
import { renewSession } from '../session.ts';
import type { Whence } from '../whence.ts';
import { allowNewKey } from './standing.ts';

/** The site as browsers know it: a key made for one origin serves no other. */
export interface Site {
	origin: string;
	host: string;
}
export const siteOf = (url: URL): Site => ({ origin: url.origin, host: url.hostname });

const refusedKey = () => invalidField('passkey', 'people.passkey_refused');
const keep = (tx: Tx, challenge: string, personId: string | null) =>
	openChallenge(tx, { purpose: 'passkey', personId, hash: hashOfSecret(challenge), minutes: 5 });

/** What a browser needs to make a passkey for the viewer. Somebody with a second factor shows it first. Throws SecondFactor. */
export async function offerPasskey(viewer: Viewer, site: Site) {
	const { name } = await house();
	return asSystem('second-factor', async (tx) => {
		await allowNewKey(tx, viewer);
		const kept = await tx.many<{ id: string }>(
			sql`select id from people.passkey where person_id = ${viewer.id}::uuid`,
		);
		const options = await generateRegistrationOptions({
			rpName: name,
			rpID: site.host,
			userName: viewer.name,
			userID: new TextEncoder().encode(viewer.id!),
			attestationType: 'none',
			excludeCredentials: kept,
			authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
		});
		await keep(tx, options.challenge, viewer.id);
		return options;
	});
}

/** Keeps the passkey that the browser made. Gives the session's new secret. Throws Invalid. */
export async function addPasskey(
	viewer: Viewer,
	answer: RegistrationResponseJSON,
	site: Site,
	name: string,
): Promise<string> {
	return asSystem('second-factor', async (tx) => {
		await allowNewKey(tx, viewer);
		const result = await verifyRegistrationResponse({
			response: answer,
			expectedChallenge: (challenge) => useChallenge(tx, challenge, viewer.id),
			expectedOrigin: site.origin,
			expectedRPID: site.host,
			requireUserVerification: true,
		}).catch(() => null);
		if (!result?.verified) throw refusedKey();
		const { credential } = result.registrationInfo;
		const isNew =
			await tx.run(sql`insert into people.passkey (id, person_id, public_key, counter, name, transports)
			values (${credential.id}, ${viewer.id}::uuid, ${Buffer.from(credential.publicKey)}, ${credential.counter}, ${name.slice(0, 60)},
				${list(credential.transports ?? [], 'text')}) on conflict do nothing`);
		if (!isNew) throw refusedKey();
		await tellSecurity(tx, viewer.id!, 'passkey_added');
		return renewSession(tx, viewer.sessionId!);
	});
}

async function useChallenge(tx: Tx, challenge: string, personId: string | null): Promise<boolean> {
	const kept = await holdByLink(tx, challenge);
	if (staleness(kept) || kept?.purpose !== 'passkey' || kept.person_id !== personId) return false;
	await spend(tx, kept.id);
	return true;
}

/** What a browser needs to sign in with a passkey: no address is asked, the key knows whose it is. */
export const askPasskey = (site: Site, viewer: Viewer) =>
	asSystem('second-factor', async (tx) => {
		const options = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' });
		await keep(tx, options.challenge, viewer.id);
		return options;
	});

/** Signs in by passkey, which is both factors at once; or, already signed in, shows again that it is them. Throws Invalid. */
export async function enterWithPasskey(
	viewer: Viewer,
	answer: AuthenticationResponseJSON,
	site: Site,
	whence: Whence,
): Promise<Entered> {
	return asSystem('second-factor', async (tx) => {
		const key = await tx.one<Key>(sql`
			select passkey.id, passkey.person_id, passkey.public_key, passkey.counter::int, passkey.transports, contact.email
			from people.passkey join people.contact on contact.person_id = passkey.person_id
			join people.person on person.id = passkey.person_id
			where passkey.id = ${String(answer.id)} and person.erased_at is null and person.confirmed_at is not null for update of passkey`);
		if (!key || (viewer.id && key.person_id !== viewer.id)) throw refusedKey();
		await verify(tx, key, answer, site, viewer.id);
		return letIn(tx, viewer, { id: key.person_id, email: key.email }, whence, { factor: true });
	});
}

interface Key {
	id: string;
	person_id: string;
	public_key: Buffer;
	counter: number;
	transports: string[];
	email: string;
}

async function verify(
	tx: Tx,
	key: Key,
	response: AuthenticationResponseJSON,
	site: Site,
	askedBy: string | null,
): Promise<void> {
	const result = await verifyAuthenticationResponse({
		response,
		expectedChallenge: (challenge) => useChallenge(tx, challenge, askedBy),
		expectedOrigin: site.origin,
		expectedRPID: site.host,
		requireUserVerification: true,
		credential: { id: key.id, publicKey: new Uint8Array(key.public_key), counter: key.counter },
	}).catch(() => null);
	if (!result?.verified) throw refusedKey();
	await tx.run(
		sql`update people.passkey set counter = ${result.authenticationInfo.newCounter}, used_at = now() where id = ${key.id}`,
	);
}

export const PasskeyForm = v.object({ id: v.pipe(v.string(), v.maxLength(400, 'app.invalid_value')) });

/** Forgets a passkey of the viewer; another person's does not exist. Asks for a fresh second factor. */
export const removePasskey = (viewer: Viewer, { id }: v.InferOutput<typeof PasskeyForm>): Promise<void> =>
	write(viewer, async (tx) => {
		if (!isFresh(viewer)) throw secondFactorFirst();
		const done = await tx.run(sql`delete from people.passkey where id = ${id} and ${passkeys.edit(viewer)}`);
		if (!done) throw notFound();
		await tellSecurity(tx, viewer.id!, 'passkey_removed');
	});
