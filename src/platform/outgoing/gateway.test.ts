import type http from 'node:http';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { makeGateway } from './gateway.ts';
import { HOSTILE, NAMES } from './hostile.fixture.ts';
import { localServer } from './local-server.fixture.ts';

const PUBLIC = '93.184.216.34';
const local = await localServer();
afterAll(() => local.close());
beforeEach(() => local.reset());

/** Names of the tests; every checked connection, and only those, reaches the local server. */
function gateway(names: Record<string, string[]> = {}, milliseconds = 5_000) {
	const asked: string[] = [];
	const resolve = async (host: string) => {
		asked.push(host);
		const found = names[host];
		if (!found) throw new Error('ENOTFOUND');
		return found;
	};
	const made = makeGateway({ resolve, milliseconds, dial: () => ({ host: '127.0.0.1', port: local.port }) });
	return { ...made, asked };
}

const codeOf = (work: Promise<unknown>) =>
	work.then(
		() => 'accepted',
		(problem) => problem.code ?? String(problem),
	);

describe('a public page', () => {
	it('is read, under its own name', async () => {
		const answer = await gateway({ 'a.example.org': [PUBLIC] }).request('http://a.example.org/x?y=1#z');
		expect({ ...answer, headers: undefined, body: String(answer.body) }).toEqual({
			status: 200,
			url: 'http://a.example.org/x?y=1#z',
			body: 'page /x?y=1',
			headers: undefined,
		});
		expect(local.seen[0]?.headers).toMatchObject({ host: 'a.example.org', 'accept-encoding': 'identity' });
	});

	it('may be posted to; smuggling headers are dropped', async () => {
		const headers = { Host: 'evil', 'Content-Length': '1', 'Transfer-Encoding': 'chunked', 'X-Ok': '1' };
		await gateway({ 'a.example.org': [PUBLIC] }).request('http://a.example.org/', {
			method: 'POST',
			body: 'é',
			headers,
		});
		expect(local.seen[0]).toMatchObject({ method: 'POST' });
		expect(local.seen[0]?.headers).toMatchObject({
			host: 'a.example.org',
			'content-length': '2',
			'x-ok': '1',
		});
		expect(local.seen[0]?.headers['transfer-encoding']).toBeUndefined();
	});

	it('can be read as with fetch', async () => {
		local.respond = (_path, response) =>
			response.writeHead(201, { 'content-type': 'application/json' }).end('{"a":1}');
		const response = await gateway({ 'a.example.org': [PUBLIC] }).fetch('http://a.example.org/', {
			method: 'POST',
			body: 'x',
		});
		expect([response.status, await response.json()]).toEqual([201, { a: 1 }]);
	});
});

describe('an address that leads inside', () => {
	it('is tried in at least 40 forms', () => expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(40));

	it.each(HOSTILE)('%j opens no connection', async (url) => {
		expect(await codeOf(gateway(NAMES).request(url))).toMatch(/^(?:bad_address|not_public|unreachable)$/);
		expect(local.connections).toBe(0);
	});

	it.each(HOSTILE)('reached by a redirect, %j opens no second connection', async (url) => {
		local.respond = (_path, response) =>
			response.writeHead(302, { location: Buffer.from(url).toString('latin1').replace(/\0/g, '%00') }).end();
		const code = await codeOf(gateway(NAMES).request('http://ok.example.org/'));
		if (!url || /^(?:ok\.|\/\/ok|http:127|http:\\\\)/.test(url)) return expect(code).not.toBe('crashed');
		expect(code).toMatch(/^(?:bad_address|not_public|unreachable)$/);
		expect(local.connections).toBe(1);
	});

	it('a name that changes its mind is resolved once, and the checked address is the one reached', async () => {
		let turn = 0;
		const dialled: string[] = [];
		const { request } = makeGateway({
			resolve: async () => (turn++ === 0 ? [PUBLIC] : ['127.0.0.1']),
			dial: ({ address }) => {
				dialled.push(address);
				return { host: '127.0.0.1', port: local.port };
			},
		});
		await request('http://rebind.example.org/');
		expect([turn, dialled]).toEqual([1, [PUBLIC]]);
		expect(await codeOf(request('http://rebind.example.org/'))).toBe('not_public');
		expect(local.connections).toBe(1);
	});

	it('is not even looked up when its name cannot be public', async () => {
		for (const host of [
			'intranet',
			'db.internal',
			'a.local',
			'ok..example.org',
			'a.b',
			'ok.example.1x',
			'a$b.example.org',
		]) {
			const { request, asked } = gateway({ [host]: [PUBLIC] });
			expect(await codeOf(request(`http://${host}/`))).toMatch(/^(?:bad_address|not_public)$/);
			expect(asked).toEqual([]);
		}
	});

	it('with the true resolver, localhost is refused too', async () => {
		expect(await codeOf(makeGateway().request(`http://localhost:${local.port}/`))).toBe('bad_address');
		expect(await codeOf(makeGateway().request('http://localhost/'))).toBe('not_public');
		expect(local.connections).toBe(0);
	});
});

describe('limits', () => {
	const ok = { 'a.example.org': [PUBLIC], 'b.example.org': [PUBLIC] };

	it('three redirects, not four', async () => {
		const chain = (length: number) => (path: string, response: http.ServerResponse) =>
			Number(path.slice(1)) < length
				? response.writeHead(302, { location: `/${Number(path.slice(1)) + 1}` }).end()
				: response.end('end');
		local.respond = chain(3);
		expect(await gateway(ok).request('http://a.example.org/0')).toMatchObject({
			url: 'http://a.example.org/3',
		});
		local.respond = chain(4);
		expect(await codeOf(gateway(ok).request('http://a.example.org/0'))).toBe('too_many_redirects');
	});

	it('secrets do not follow to another site; a post is not replayed', async () => {
		local.respond = (path, response) =>
			path === '/' ? response.writeHead(307, { location: 'http://b.example.org/x' }).end() : response.end();
		await gateway(ok).request('http://a.example.org/', { headers: { authorization: 'secret' } });
		expect(local.seen.map(({ headers }) => headers.authorization)).toEqual(['secret', undefined]);
		expect((await gateway(ok).request('http://a.example.org/', { method: 'POST', body: 'x' })).status).toBe(
			307,
		);
		expect(local.connections).toBe(3);
	});

	it('one megabyte, announced or not', async () => {
		local.respond = (_path, response) => response.end(Buffer.alloc(1024 * 1024));
		expect((await gateway(ok).request('http://a.example.org/')).body.byteLength).toBe(1024 * 1024);
		local.respond = (_path, response) => response.end(Buffer.alloc(1024 * 1024 + 1));
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('too_large');
		local.respond = (_path, response) => {
			response.write(Buffer.alloc(1024 * 1024));
			response.end('x');
		};
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('too_large');
		expect(await codeOf(gateway(ok).request('http://a.example.org/', { maxBytes: 10 }))).toBe('too_large');
	});

	it('compressed answers, which may be bombs, are refused', async () => {
		local.respond = (_path, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x');
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('unknown_encoding');
	});

	it('its time in all: silent server, drip, endless resolver, endless redirects', async () => {
		const drip = (_path: string, response: http.ServerResponse) => {
			const timer = setInterval(() => response.write('x'), 20);
			response.on('close', () => clearInterval(timer));
		};
		for (const behaviour of [() => {}, drip]) {
			local.respond = behaviour;
			const began = performance.now();
			expect(await codeOf(gateway(ok, 150).request('http://a.example.org/'))).toBe('too_slow');
			expect(performance.now() - began).toBeLessThan(1_000);
		}
		const stuck = makeGateway({ resolve: () => new Promise(() => {}), milliseconds: 100 });
		expect(await codeOf(stuck.request('http://a.example.org/'))).toBe('too_slow');
	});

	it('a cut answer is no answer', async () => {
		local.respond = (_path, response) => {
			response.writeHead(200, { 'content-length': '100' }).write('half');
			setTimeout(() => response.destroy(), 20);
		};
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('unreachable');
	});
});
