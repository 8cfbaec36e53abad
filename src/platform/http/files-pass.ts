import { timingSafeEqual } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { filesHost } from '../files/host.ts';
import { fingerprint, hashOfSecret } from '../seal.ts';

/**
 * The pass that opens uploads on their own host. The session's cookie never goes there (`__Host-`): this one is made from
 * the session, opens nothing but files, and ends with the session, since whether it still runs is asked at each request.
 */
export const filesCookie = (url: URL) =>
	url.protocol === 'https:' ? '__Secure-coopol-files' : 'coopol-files';

const proofOf = (tokenHash: string) => fingerprint('files pass', tokenHash);

/** Gives the browser of a session its pass, and takes it from one without; nothing when one host serves all. */
export function lendFilesPass(
	{ cookies, url }: { cookies: Cookies; url: URL },
	sessionId: string | null,
	secret: string | undefined,
): void {
	if (!filesHost()) return;
	const name = filesCookie(url);
	const pass = sessionId && secret ? `${sessionId}.${proofOf(hashOfSecret(secret))}` : undefined;
	if (pass === cookies.get(name)) return;
	// The house's own name and those below it: the uploads' host is one of them.
	const where = { path: '/', domain: url.hostname };
	const kept = {
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: 60 * 86_400,
	} as const;
	if (pass) cookies.set(name, pass, { ...where, ...kept });
	else cookies.delete(name, where);
}

/** The session that a pass names and the proof it brings; null when it is none. */
export function readPass(pass: string): { sessionId: string; proof: string } | null {
	const [, sessionId, proof] =
		/^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(pass) ?? [];
	return sessionId && proof ? { sessionId, proof } : null;
}

/** Whether a proof was made from this session's secret, as it is now. */
export const provesSession = (proof: string, tokenHash: string): boolean =>
	timingSafeEqual(Buffer.from(proof), Buffer.from(proofOf(tokenHash)));
