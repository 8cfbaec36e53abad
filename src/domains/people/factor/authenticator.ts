import { Secret, TOTP } from 'otpauth';
import * as v from 'valibot';
import { isFresh } from '#platform/access.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { conflict, invalidField, secondFactorFirst } from '#platform/errors.ts';
import { house } from '#platform/house.ts';
import { seal, unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { countTry } from '../limits.ts';
import { contactOf } from '../person.ts';
import { tellSecurity } from '../security-mail.ts';
import { renewSession } from '../session.ts';
import type { Whence } from '../whence.ts';
import { allowNewKey, hasFactor } from './standing.ts';

const seconds = 30;
const totpOf = (secret: string, label = '', issuer = '') =>
	new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: seconds, label, issuer });

/** The beginning of a text, whole letters only, that takes at most `most` bytes once written in an address. */
function beginning(text: string, most: number): string {
	let kept = '';
	for (const { segment } of new Intl.Segmenter().segment(text)) {
		if (encodeURIComponent(kept + segment.toWellFormed()).length > most) break;
		kept += segment;
	}
	return kept;
}

// The name of the organisation is written twice; with both, the address stays within a QR code (213 bytes).
const issuerBytes = 24;
const labelBytes = 60;

/** What an authenticator app needs: the secret in groups of four, and the address that opens the app. */
export interface Enrolment {
	secret: string;
	address: string;
}

/**
 * Makes a secret for the viewer's authenticator app; it serves once a code of it was typed. In a session that is sure only.
 * Throws SecondFactor, Forbidden, Conflict.
 */
export async function offerAuthenticator(viewer: Viewer): Promise<Enrolment> {
	const { name } = await house();
	return asSystem('second-factor', async (tx) => {
		await allowNewKey(tx, viewer);
		const kept = await tx.one<{ totp_sealed: string | null; confirmed: boolean }>(sql`
			select totp_sealed, totp_confirmed_at is not null as confirmed from people.secret where person_id = ${viewer.id}::uuid for update`);
		if (kept?.confirmed) throw conflict('people.authenticator_already');
		const secret = kept?.totp_sealed ? unseal('totp', kept.totp_sealed) : new Secret({ size: 20 }).base32;
		if (!kept?.totp_sealed) await keepSecret(tx, viewer.id!, secret);
		const { email } = (await contactOf(tx, viewer.id!))!;
		const address = totpOf(secret, beginning(email, labelBytes), beginning(name, issuerBytes)).toString();
		return { secret: secret.match(/.{1,4}/g)!.join(' '), address };
	});
}

const keepSecret = (tx: Tx, personId: string, secret: string) =>
	tx.run(sql`insert into people.secret (person_id, totp_sealed) values (${personId}, ${seal('totp', secret)})
		on conflict (person_id) do update set totp_sealed = excluded.totp_sealed, totp_confirmed_at = null, totp_step = 0, changed_at = now()`);

export const AppCodeForm = v.object({
	code: v.pipe(
		v.string('people.code_missing'),
		v.trim(),
		v.nonEmpty('people.code_missing'),
		v.maxLength(40, 'people.code_shape'),
	),
});

/** The first code of the app: from now on it is asked at each sign-in. Gives the session's new secret. Throws Invalid. */
export async function confirmAuthenticator(
	viewer: Viewer,
	{ code }: v.InferOutput<typeof AppCodeForm>,
	whence: Whence,
): Promise<string> {
	await countTry('second', viewer.id!, whence);
	return asSystem('second-factor', async (tx) => {
		if ((await hasFactor(tx, viewer.id!)) && !isFresh(viewer)) throw secondFactorFirst();
		if (!(await takeAppCode(tx, viewer.id!, code, false)))
			throw invalidField('code', 'people.app_code_wrong');
		await tx.run(
			sql`update people.secret set totp_confirmed_at = now(), changed_at = now() where person_id = ${viewer.id}::uuid`,
		);
		await tellSecurity(tx, viewer.id!, 'authenticator_added');
		return renewSession(tx, viewer.sessionId!);
	});
}

/** Forgets the viewer's app. The route asks for a fresh second factor. */
export const removeAuthenticator = (viewer: Viewer): Promise<void> =>
	asSystem('second-factor', async (tx) => {
		if (!isFresh(viewer)) throw secondFactorFirst();
		await tx.run(
			sql`update people.secret set totp_sealed = null, totp_confirmed_at = null, totp_step = 0, changed_at = now() where person_id = ${viewer.id}::uuid`,
		);
		await tellSecurity(tx, viewer.id!, 'authenticator_removed');
	});

/** Takes a code of the app, once: the same code again, or an older one, is refused. One step of clock drift is allowed. */
export async function takeAppCode(
	tx: Tx,
	personId: string,
	code: string,
	isConfirmed = true,
): Promise<boolean> {
	const kept = await tx.one<{ totp_sealed: string | null }>(sql`select totp_sealed from people.secret
		where person_id = ${personId}::uuid and (totp_confirmed_at is not null) = ${isConfirmed} for update`);
	const digits = code.replace(/\D/g, '');
	if (!kept?.totp_sealed || digits.length !== 6) return false;
	const drift = totpOf(unseal('totp', kept.totp_sealed)).validate({ token: digits, window: 1 });
	if (drift === null) return false;
	const step = Math.floor(Date.now() / 1000 / seconds) + drift;
	return (
		(await tx.run(
			sql`update people.secret set totp_step = ${step}::bigint where person_id = ${personId}::uuid and totp_step < ${step}::bigint`,
		)) === 1
	);
}
