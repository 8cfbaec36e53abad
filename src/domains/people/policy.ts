import { isSelf, policy } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';

/** A person alone sees and ends their own sessions, keys and tokens. */
const own = (table: string) => isSelf(sql.ref(`${table}.person_id`));

export const sessions = policy('people.session', { see: own('session'), revoke: own('session') });
export const tokens = policy('people.token', { see: own('token'), revoke: own('token') });
export const passkeys = policy('people.passkey', { see: own('passkey'), edit: own('passkey') });
export const consents = policy('people.consent', { see: own('consent'), withdraw: own('consent') });
