import { Secret, TOTP } from 'otpauth';
import { viewerOfSession } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { stranger } from '../people.fixture.ts';
import { createSession } from '../session.ts';
import { confirmAuthenticator, offerAuthenticator } from './authenticator.ts';

/** The six digits that an authenticator app shows for this secret. */
export const appCode = (secret: string, at = Date.now()) =>
	new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: at });

/** An hour passes for the app: a code it shows now was not used yet. */
export const later = (name: CastName) =>
	asSystem('test', (tx) =>
		tx.run(sql`update people.secret set totp_step = totp_step - 120 where person_id = ${idOf(name)}::uuid`),
	);

/** Somebody of the cast adds an authenticator app; gives its secret. */
export async function giveApp(name: CastName): Promise<string> {
	const session = await asSystem('test', (tx) => createSession(tx, idOf(name), 'test'));
	const viewer = await viewerOfSession(session.secret, []);
	const { secret } = await offerAuthenticator(viewer);
	await confirmAuthenticator(viewer, { code: appCode(secret) }, stranger());
	await later(name);
	return secret;
}
