import { afterEach, describe, expect, test, vi } from 'vitest';
import { protect } from './headers.ts';

afterEach(() => vi.unstubAllEnvs());

const answered = (address: string, { viewer = null as string | null, headers = {} } = {}) =>
	protect(
		{ url: new URL(address), locals: { viewer: { id: viewer } } as never },
		new Response('', { headers }),
	).headers;
const rulesOf = (policy: string | null) =>
	Object.fromEntries(
		(policy ?? '').split('; ').map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1).join(' ')]),
	);

describe('a page', () => {
	test('runs no script and wears no style but the house’s own, is in nobody’s frame, sends forms to nobody else', () => {
		const rules = rulesOf(answered('https://rive.example/').get('content-security-policy'));
		expect(rules).toMatchObject({
			'default-src': "'none'",
			'script-src': "'self'",
			'style-src': "'self'",
			'form-action': "'self'",
			'frame-ancestors': "'none'",
			'base-uri': "'none'",
		});
		expect(Object.values(rules).join(' ')).not.toMatch(/unsafe|https?:|\*/);
	});

	test('is asked again in full each time, unless it said otherwise', () => {
		expect(answered('https://rive.example/').get('cache-control')).toBe('private, no-store');
		const kept = answered('https://rive.example/', { headers: { 'cache-control': 'public, max-age=60' } });
		expect(kept.get('cache-control')).toBe('public, max-age=60');
	});

	test('behind a sign-in is in no search engine; a public one may be', () => {
		expect(answered('https://rive.example/', { viewer: 'x' }).get('x-robots-tag')).toBe('noindex');
		expect(answered('https://rive.example/').has('x-robots-tag')).toBe(false);
	});

	test('over https asks to be always asked over https; on a machine alone it does not', () => {
		expect(answered('https://rive.example/').get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
		expect(answered('http://localhost:3000/').has('strict-transport-security')).toBe(false);
	});

	test('says where it comes from to nobody else, and lends neither camera nor microphone', () => {
		const headers = answered('https://rive.example/');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('permissions-policy')).toMatch(/camera=\(\), microphone=\(\)/);
	});
});

describe('with a host for uploads', () => {
	test('pages take pictures from it and nothing else; on it, nothing is a page', () => {
		vi.stubEnv('COOPOL_FILES_URL', 'https://fichiers.rive.example/x');
		const page = rulesOf(answered('https://rive.example/').get('content-security-policy'));
		expect(page['img-src']).toMatch(/ https:\/\/fichiers\.rive\.example$/);
		expect(page['media-src']).toBe('https://fichiers.rive.example');
		expect(page['script-src']).toBe("'self'");
		const file = answered('https://fichiers.rive.example/fichiers/1');
		expect(file.get('content-security-policy')).toBe("default-src 'none'; sandbox");
		expect(file.get('cross-origin-resource-policy')).toBe('same-site');
		expect(answered('https://rive.example/').get('cross-origin-resource-policy')).toBe('same-origin');
	});
});
