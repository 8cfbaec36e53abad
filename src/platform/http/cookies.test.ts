import type { Cookies } from '@sveltejs/kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../ids.ts';
import { hashOfSecret } from '../seal.ts';
import { filesCookie, lendFilesPass, provesSession, readPass } from './files-pass.ts';
import { dropSession, keepSession, sessionCookie } from './session-cookie.ts';

type Put = { value: string; options: Record<string, unknown> };

/** A browser's cookies, with how each was put. */
function jar() {
	const put = new Map<string, Put>();
	const cookies = {
		get: (name: string) => put.get(name)?.value,
		set: (name: string, value: string, options: Record<string, unknown>) => put.set(name, { value, options }),
		delete: (name: string) => put.delete(name),
	} as unknown as Cookies;
	return { cookies, put };
}
const https = new URL('https://rive.example/fil');
const http = new URL('http://localhost:3000/fil');

describe('the cookie of a session', () => {
	test('is this host’s alone over TLS; no script reads it and no other site’s form brings it', () => {
		const { cookies, put } = jar();
		keepSession(cookies, https, 'the secret');
		const { value, options } = put.get('__Host-coopol')!;
		expect(value).toBe('the secret');
		// What the prefix asks for: the whole site, over TLS, and no domain named.
		expect(options).toEqual({
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: true,
			maxAge: 90 * 86_400,
		});
	});

	test('on a machine alone it goes without TLS, under another name', () => {
		const { cookies, put } = jar();
		keepSession(cookies, http, 'x', 1);
		expect([...put.keys()]).toEqual(['coopol']);
		expect(put.get('coopol')!.options).toMatchObject({ secure: false, httpOnly: true, maxAge: 86_400 });
		expect(sessionCookie(http)).not.toBe(sessionCookie(https));
	});

	test('is gone once signed out', () => {
		const { cookies, put } = jar();
		keepSession(cookies, https, 'x');
		dropSession(cookies, https);
		expect(put.size).toBe(0);
	});
});

describe('the pass for uploads', () => {
	const session = newId();
	beforeEach(() => vi.stubEnv('COOPOL_FILES_URL', 'https://fichiers.rive.example'));
	afterEach(() => vi.unstubAllEnvs());
	const lent = (secret: string, id = session) => {
		const { cookies, put } = jar();
		lendFilesPass({ cookies, url: https }, id, secret);
		return put.get(filesCookie(https))!;
	};

	test('names the session and proves it, without its secret in it', () => {
		const { value, options } = lent('the secret');
		const pass = readPass(value)!;
		expect(pass.sessionId).toBe(session);
		expect(provesSession(pass.proof, hashOfSecret('the secret'))).toBe(true);
		expect(value).not.toContain('the secret');
		expect(value).not.toContain(hashOfSecret('the secret'));
		expect(options).toMatchObject({ domain: 'rive.example', httpOnly: true, secure: true, sameSite: 'lax' });
	});

	test('of another session, or of this one before its secret changed, opens nothing', () => {
		const { proof } = readPass(lent('the secret').value)!;
		expect(provesSession(proof, hashOfSecret('another'))).toBe(false);
		expect(readPass(lent('the secret').value)!.proof).toBe(proof);
	});

	test('that somebody wrote by hand is none', () => {
		const { value } = lent('the secret');
		for (const bad of [
			'',
			session,
			`${session}.`,
			`${session}.short`,
			` ${value}`,
			`${value}x`,
			value.replace('.', '..'),
			value.toUpperCase(),
		])
			expect([bad, readPass(bad)]).toEqual([bad, null]);
	});

	test('is put once, taken back with the session, and asked for by nobody where one host serves all', () => {
		const { cookies, put } = jar();
		lendFilesPass({ cookies, url: https }, session, 'x');
		const first = put.get(filesCookie(https));
		lendFilesPass({ cookies, url: https }, session, 'x');
		expect(put.get(filesCookie(https))).toBe(first);
		lendFilesPass({ cookies, url: https }, null, undefined);
		expect(put.size).toBe(0);
		vi.stubEnv('COOPOL_FILES_URL', '');
		lendFilesPass({ cookies, url: https }, session, 'x');
		expect(put.size).toBe(0);
	});
});
