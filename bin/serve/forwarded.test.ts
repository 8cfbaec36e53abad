import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from 'vitest';
import { addressOf, isForFiles, readStanding, stateOrigin } from './forwarded.ts';

const request = (headers: Record<string, string>, more: Partial<IncomingMessage> = {}) =>
	({
		headers,
		method: 'GET',
		url: '/',
		socket: { remoteAddress: '203.0.113.9' },
		...more,
	}) as unknown as IncomingMessage;

describe('from where a visitor comes', () => {
	test.each([
		['no proxy: what they pretend is nothing', 0, '198.51.100.1', '203.0.113.9'],
		['one: what it saw, after whatever was pretended', 1, '1.1.1.1, 198.51.100.1', '198.51.100.1'],
		['two: what the outermost saw', 2, '1.1.1.1, 198.51.100.1, 10.0.0.1', '198.51.100.1'],
		['two, but it says less than it should: who is really there', 2, '10.0.0.1', '203.0.113.9'],
		['one that says nothing', 1, '', '203.0.113.9'],
	])('%s', (_, proxies, forwarded, address) => {
		expect(addressOf(request(forwarded ? { 'x-forwarded-for': forwarded } : {}), proxies)).toBe(address);
	});
});

describe('to which site', () => {
	const said = (
		headers: Record<string, string>,
		env: Record<string, string>,
		more: Partial<IncomingMessage> = {},
	) => {
		const asked = request({ ...headers }, more);
		stateOrigin(asked, readStanding(env as NodeJS.ProcessEnv));
		return asked.headers;
	};
	const house = { COOPOL_ORIGIN: 'https://rive.example', COOPOL_FILES_URL: 'https://fichiers.rive.example' };

	test('the one that the house is, whatever host and protocol were written in the request', () => {
		const headers = said(
			{
				host: 'evil.example',
				'x-coopol-host': 'evil.example',
				'x-coopol-protocol': 'http',
				'x-coopol-address': '127.0.0.1',
			},
			house,
		);
		expect(headers).toMatchObject({
			'x-coopol-host': 'rive.example',
			'x-coopol-protocol': 'https',
			'x-coopol-address': '203.0.113.9',
		});
	});

	test('the uploads’ host is the only other one, in any case', () => {
		expect(said({ host: 'FICHIERS.rive.example' }, house)['x-coopol-host']).toBe('fichiers.rive.example');
		const standing = readStanding(house as unknown as NodeJS.ProcessEnv);
		expect(isForFiles(request({ host: 'fichiers.rive.example.evil.example' }), standing)).toBe(false);
		expect(isForFiles(request({ host: 'rive.example' }), readStanding({} as NodeJS.ProcessEnv))).toBe(false);
	});

	test('over https only if our own proxy says so, the last word being its own', () => {
		const over = (proto: string, proxies: string) =>
			said({ host: 'a.example', 'x-forwarded-proto': proto }, { COOPOL_PROXIES: proxies })[
				'x-coopol-protocol'
			];
		expect([
			over('https', '0'),
			over('https', '1'),
			over('https, http', '1'),
			over('http, https', '1'),
		]).toEqual(['http', 'https', 'http', 'https']);
	});

	test('an address of the site that is none stops the start, and is not guessed', () => {
		expect(() => readStanding({ COOPOL_ORIGIN: 'rive.example' } as NodeJS.ProcessEnv)).toThrow();
	});

	test('a mail program that unsubscribes comes from no page; a browser with a session is asked for one', () => {
		const post = { method: 'POST', url: '/desabonnement/abc' };
		expect(said({}, house, post).origin).toBe('https://rive.example');
		expect(said({ cookie: 'x=1' }, house, post).origin).toBeUndefined();
		expect(said({}, house, { ...post, url: '/fil' }).origin).toBeUndefined();
		expect(said({ origin: 'https://evil.example' }, house, post).origin).toBe('https://evil.example');
	});
});
