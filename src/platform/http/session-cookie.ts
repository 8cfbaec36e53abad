import type { Cookies } from '@sveltejs/kit';

/** `__Host-` binds the cookie to this host over TLS; over plain http (demonstration on one machine) the prefix is impossible. */
export const sessionCookie = (url: URL) => (url.protocol === 'https:' ? '__Host-coopol' : 'coopol');

/**
 * Puts a new session's secret in the browser. It stays there a month longer than the session: whoever was writing when it came
 * to its end gets their words back once they are in again.
 */
export function keepSession(cookies: Cookies, url: URL, secret: string, days = 90): void {
	cookies.set(sessionCookie(url), secret, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: days * 86_400,
	});
}

/** Takes it away. */
export const dropSession = (cookies: Cookies, url: URL) => cookies.delete(sessionCookie(url), { path: '/' });
