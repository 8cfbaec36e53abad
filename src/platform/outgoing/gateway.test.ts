import http from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isPublic } from './addresses.ts';
import { makeGateway } from './gateway.ts';

const PUBLIC = '93.184.216.34';
let server: http.Server;
let connections = 0;
let seen: http.IncomingMessage[] = [];
let respond: (path: string, response: http.ServerResponse) => void = () => {};

beforeAll(async () => {
	server = http.createServer((request, response) => {
		seen.push(request);
		respond(request.url ?? '/', response);
	});
	server.on('connection', () => connections++);
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterAll(() => {
	server.closeAllConnections();
	server.close();
});
beforeEach(() => {
	connections = 0;
	seen = [];
	respond = (path, response) => response.end(`page ${path}`);
});

const port = () => (server.address() as AddressInfo).port;

/** Names of the tests; every checked connection, and only those, reaches the local server. */
function gateway(names: Record<string, string[]> = {}, milliseconds = 5_000) {
	const asked: string[] = [];
	const resolve = async (host: string) => {
		asked.push(host);
		const found = names[host];
		if (!found) throw new Error('ENOTFOUND');
		return found;
	};
	const made = makeGateway({ resolve, milliseconds, dial: () => ({ host: '127.0.0.1', port: port() }) });
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
		expect(seen[0]?.headers).toMatchObject({ host: 'a.example.org', 'accept-encoding': 'identity' });
	});

	it('may be posted to; smuggling headers are dropped', async () => {
		const headers = { Host: 'evil', 'Content-Length': '1', 'Transfer-Encoding': 'chunked', 'X-Ok': '1' };
		await gateway({ 'a.example.org': [PUBLIC] }).request('http://a.example.org/', {
			method: 'POST',
			body: 'é',
			headers,
		});
		expect(seen[0]).toMatchObject({ method: 'POST' });
		expect(seen[0]?.headers).toMatchObject({ host: 'a.example.org', 'content-length': '2', 'x-ok': '1' });
		expect(seen[0]?.headers['transfer-encoding']).toBeUndefined();
	});

	it('can be read as with fetch', async () => {
		respond = (_path, response) =>
			response.writeHead(201, { 'content-type': 'application/json' }).end('{"a":1}');
		const response = await gateway({ 'a.example.org': [PUBLIC] }).fetch('http://a.example.org/', {
			method: 'POST',
			body: 'x',
		});
		expect([response.status, await response.json()]).toEqual([201, { a: 1 }]);
	});
});

const HOSTILE = [
	'http://127.0.0.1/',
	'http://127.1/',
	'http://127.0.1/',
	'http://2130706433/',
	'http://0x7f000001/',
	'http://0x7f.1/',
	'http://0177.0.0.1/',
	'http://017700000001/',
	'http://127.0.0.1./',
	'http://①②⑦.⓪.⓪.①/',
	'http://１２７.0.0.1/',
	'http://127。0。0。1/',
	'http://%31%32%37.0.0.1/',
	'http://0/',
	'http://0.0.0.0/',
	'http://10.0.0.1/',
	'http://10.255.255.255/',
	'http://172.16.0.1/',
	'http://172.31.255.254/',
	'http://192.168.1.1/',
	'http://3232235777/',
	'http://169.254.169.254/latest/meta-data/',
	'http://0xa9fea9fe/',
	'http://100.64.0.1/',
	'http://100.100.100.200/',
	'http://168.63.129.16/',
	'http://198.18.0.1/',
	'http://192.0.0.192/',
	'http://192.0.2.1/',
	'http://198.51.100.7/',
	'http://203.0.113.9/',
	'http://224.0.0.1/',
	'http://255.255.255.255/',
	'http://240.0.0.1/',
	'http://[::1]/',
	'http://[::]/',
	'http://[0:0:0:0:0:0:0:1]/',
	'http://[::ffff:127.0.0.1]/',
	'http://[::ffff:7f00:1]/',
	'http://[::ffff:93.184.216.34]/',
	'http://[::127.0.0.1]/',
	'http://[64:ff9b::127.0.0.1]/',
	'http://[64:ff9b::5db8:d822]/',
	'http://[64:ff9b:1::1]/',
	'http://[2002:7f00:1::]/',
	'http://[2001:0:53aa:64c::1]/',
	'http://[fc00::1]/',
	'http://[fd12:3456::1]/',
	'http://[fe80::1]/',
	'http://[fe80::1%25eth0]/',
	'http://[fec0::1]/',
	'http://[ff02::1]/',
	'http://[2001:db8::1]/',
	'http://[100::1]/',
	'http://[3fff::1]/',
	'http://localhost/',
	'http://LOCALHOST/',
	'http://localhost./',
	'http://a.localhost/',
	'http://intranet/',
	'http://db.internal/',
	'http://printer.local/',
	'http://metadata.google.internal/',
	'http://ok.example.org@127.0.0.1/',
	'http://user:pass@ok.example.org/',
	'http://ok.example.org:pw@ok.example.org/',
	'http://ok.example.org:22/',
	'http://ok.example.org:8080/',
	'http://ok.example.org:443/',
	'https://ok.example.org:80/',
	'http://ok.example.org:0/',
	'http://127.0.0.1\\@ok.example.org/',
	'http:\\\\127.0.0.1/',
	'http:127.0.0.1/',
	'file:///etc/passwd',
	'ftp://ok.example.org/',
	'gopher://127.0.0.1:6379/_x',
	'data:text/html,x',
	'javascript:alert(1)',
	'ws://ok.example.org/',
	'unix:/var/run/docker.sock',
	'blob:http://ok.example.org/x',
	'//ok.example.org/',
	'ok.example.org',
	'',
	'http://',
	'http:///x',
	'http://ok.example.org\u0000.evil/',
	'http://ok..example.org/',
	'http://-.org/',
	'http://ok.example.1/',
	'http://127.0.0.1.nip.io/',
	'http://mixed.example.org/',
	'http://mapped.example.org/',
	'http://six.example.org/',
	'http://none.example.org/',
	'http://unknown.example.org/',
	'http://strange.example.org/',
	`http://ok.example.org/${'a'.repeat(3_000)}`,
];
const NAMES = {
	'ok.example.org': [PUBLIC],
	'127.0.0.1.nip.io': ['127.0.0.1'],
	'mixed.example.org': [PUBLIC, '10.0.0.1'],
	'mapped.example.org': ['::ffff:10.0.0.1'],
	'six.example.org': ['2606:2800:220:1::1', 'fd00::1'],
	'none.example.org': [],
	'strange.example.org': ['not an address'],
};

describe('an address that leads inside', () => {
	it('is tried in at least 40 forms', () => expect(new Set(HOSTILE).size).toBeGreaterThanOrEqual(40));

	it.each(HOSTILE)('%j opens no connection', async (url) => {
		expect(await codeOf(gateway(NAMES).request(url))).toMatch(/^(?:bad_address|not_public|unreachable)$/);
		expect(connections).toBe(0);
	});

	it.each(HOSTILE)('reached by a redirect, %j opens no second connection', async (url) => {
		respond = (_path, response) =>
			response.writeHead(302, { location: Buffer.from(url).toString('latin1').replace(/\0/g, '%00') }).end();
		const code = await codeOf(gateway(NAMES).request('http://ok.example.org/'));
		if (!url || /^(?:ok\.|\/\/ok|http:127|http:\\\\)/.test(url)) return expect(code).not.toBe('crashed');
		expect(code).toMatch(/^(?:bad_address|not_public|unreachable)$/);
		expect(connections).toBe(1);
	});

	it('a name that changes its mind is resolved once, and the checked address is the one reached', async () => {
		let turn = 0;
		const dialled: string[] = [];
		const { request } = makeGateway({
			resolve: async () => (turn++ === 0 ? [PUBLIC] : ['127.0.0.1']),
			dial: ({ address }) => {
				dialled.push(address);
				return { host: '127.0.0.1', port: port() };
			},
		});
		await request('http://rebind.example.org/');
		expect([turn, dialled]).toEqual([1, [PUBLIC]]);
		expect(await codeOf(request('http://rebind.example.org/'))).toBe('not_public');
		expect(connections).toBe(1);
	});

	it('with the true resolver, localhost is refused too', async () => {
		expect(await codeOf(makeGateway().request(`http://localhost:${port()}/`))).toBe('bad_address');
		expect(await codeOf(makeGateway().request('http://localhost/'))).toBe('not_public');
		expect(connections).toBe(0);
	});
});

describe('limits', () => {
	const ok = { 'a.example.org': [PUBLIC], 'b.example.org': [PUBLIC] };

	it('three redirects, not four', async () => {
		const chain = (length: number) => (path: string, response: http.ServerResponse) =>
			Number(path.slice(1)) < length
				? response.writeHead(302, { location: `/${Number(path.slice(1)) + 1}` }).end()
				: response.end('end');
		respond = chain(3);
		expect(await gateway(ok).request('http://a.example.org/0')).toMatchObject({
			url: 'http://a.example.org/3',
		});
		respond = chain(4);
		expect(await codeOf(gateway(ok).request('http://a.example.org/0'))).toBe('too_many_redirects');
	});

	it('secrets do not follow to another site; a post is not replayed', async () => {
		respond = (path, response) =>
			path === '/' ? response.writeHead(307, { location: 'http://b.example.org/x' }).end() : response.end();
		await gateway(ok).request('http://a.example.org/', { headers: { authorization: 'secret' } });
		expect(seen.map(({ headers }) => headers.authorization)).toEqual(['secret', undefined]);
		expect((await gateway(ok).request('http://a.example.org/', { method: 'POST', body: 'x' })).status).toBe(
			307,
		);
		expect(connections).toBe(3);
	});

	it('one megabyte, announced or not', async () => {
		respond = (_path, response) => response.end(Buffer.alloc(1024 * 1024));
		expect((await gateway(ok).request('http://a.example.org/')).body.byteLength).toBe(1024 * 1024);
		respond = (_path, response) => response.end(Buffer.alloc(1024 * 1024 + 1));
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('too_large');
		respond = (_path, response) => {
			response.write(Buffer.alloc(1024 * 1024));
			response.end('x');
		};
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('too_large');
		expect(await codeOf(gateway(ok).request('http://a.example.org/', { maxBytes: 10 }))).toBe('too_large');
	});

	it('compressed answers, which may be bombs, are refused', async () => {
		respond = (_path, response) => response.writeHead(200, { 'content-encoding': 'br' }).end('x');
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('unknown_encoding');
	});

	it('its time in all: silent server, drip, endless resolver, endless redirects', async () => {
		const drip = (_path: string, response: http.ServerResponse) => {
			const timer = setInterval(() => response.write('x'), 20);
			response.on('close', () => clearInterval(timer));
		};
		for (const behaviour of [() => {}, drip]) {
			respond = behaviour;
			const began = performance.now();
			expect(await codeOf(gateway(ok, 150).request('http://a.example.org/'))).toBe('too_slow');
			expect(performance.now() - began).toBeLessThan(1_000);
		}
		const stuck = makeGateway({ resolve: () => new Promise(() => {}), milliseconds: 100 });
		expect(await codeOf(stuck.request('http://a.example.org/'))).toBe('too_slow');
	});

	it('a cut answer is no answer', async () => {
		respond = (_path, response) => {
			response.writeHead(200, { 'content-length': '100' }).write('half');
			setTimeout(() => response.destroy(), 20);
		};
		expect(await codeOf(gateway(ok).request('http://a.example.org/'))).toBe('unreachable');
	});
});

describe('public addresses', () => {
	it.each([
		'93.184.216.34',
		'1.1.1.1',
		'172.32.0.1',
		'172.15.255.255',
		'100.128.0.1',
		'2606:2800:220:1::1',
		'2a01:e0a::1',
	])('%s is one', (address) => expect(isPublic(address)).toBe(true));

	it('none is private, in any writing of IPv6', () => {
		const word = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
		fc.assert(
			fc.property(
				fc.constantFrom('fc00', 'fd12', 'fe80', 'ff02', '2002', '0', '64'),
				fc.array(word, { minLength: 7, maxLength: 7 }),
				(head, rest) => !isPublic([head, ...rest].join(':')),
			),
		);
		fc.assert(
			fc.property(fc.ipV4(), (address) => !isPublic(`::ffff:${address}`) && !isPublic(`64:ff9b::${address}`)),
		);
		fc.assert(fc.property(fc.string(), (text) => typeof isPublic(text) === 'boolean'));
	});
});
