import { request as ask, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { chooseCoding } from './compress.ts';
import type { Standing } from './forwarded.ts';
import { type Answer, type Serving, serve } from './index.ts';
import type { Pace } from './pace.ts';

let serving: Serving | undefined;
const page = `<!doctype html><title>Fil</title>${'<p>Une réunion à Lyon 7.</p>'.repeat(400)}`;

afterEach(() => {
	vi.unstubAllEnvs();
	return serving?.drain(0);
});

async function start(answer: Answer, standing: Standing = { proxies: 0 }, pace?: Pace): Promise<number> {
	serving = await serve(answer, { port: 0, host: '127.0.0.1', standing, ...(pace && { pace }) });
	return (serving.server.address() as AddressInfo).port;
}

const answerPage: Answer = (_request, response) => {
	response.setHeader('content-type', 'text/html');
	response.setHeader('content-length', Buffer.byteLength(page));
	response.writeHead(200);
	response.write(page);
	response.end();
};

function read(
	port: number,
	headers: Record<string, string> = {},
	method = 'GET',
	path = '/',
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		ask({ port, method, headers, path, host: '127.0.0.1' }, resolve).on('error', reject).end();
	});
}

async function bytes(message: IncomingMessage): Promise<Buffer> {
	return Buffer.concat(await Array.fromAsync(message));
}

test('a page travels small, and arrives whole', async () => {
	const port = await start(answerPage);
	const br = await read(port, { 'accept-encoding': 'gzip, br' });
	expect([br.headers['content-encoding'], br.headers.vary]).toEqual(['br', 'Accept-Encoding']);
	expect(brotliDecompressSync(await bytes(br)).toString()).toBe(page);
	const gzip = await read(port, { 'accept-encoding': 'gzip' });
	expect(gunzipSync(await bytes(gzip)).toString()).toBe(page);
	expect(await text(await read(port))).toBe(page);
});

test('a HEAD request is told the length, and nothing is squeezed', async () => {
	const head = await read(await start(answerPage), { 'accept-encoding': 'br' }, 'HEAD');
	expect(head.headers['content-encoding']).toBeUndefined();
});

test('the first part of a slow page arrives before the rest exists', async () => {
	const parts = Promise.withResolvers<void>();
	const port = await start(async (_request, response) => {
		response.setHeader('content-type', 'text/html');
		response.writeHead(200);
		response.write('<p>first</p>');
		await parts.promise;
		response.end('<p>last</p>');
	});
	const message = await read(port, { 'accept-encoding': 'gzip' });
	const first = await new Promise<Buffer>((resolve) => message.once('data', resolve));
	expect(first.length).toBeGreaterThan(10);
	parts.resolve();
	const rest = await bytes(message);
	expect(gunzipSync(Buffer.concat([first, rest])).toString()).toBe('<p>first</p><p>last</p>');
});

test('an event stream is not compressed and ends when the server leaves', async () => {
	const port = await start((_request, response) => {
		response.setHeader('content-type', 'text/event-stream');
		response.writeHead(200);
		response.write('data: hello\n\n');
	});
	const stream = await read(port, { 'accept-encoding': 'br' });
	expect(stream.headers['content-encoding']).toBeUndefined();
	const from = Date.now();
	stream.on('error', () => {});
	await serving?.drain(5_000);
	expect(Date.now() - from).toBeLessThan(1_000);
});

test('a request under way is answered before the server leaves', async () => {
	const port = await start(async (request, response) => {
		await pause(200);
		answerPage(request, response, () => {});
	});
	const under = read(port);
	await pause(50);
	const [message] = await Promise.all([under.then(text), serving?.drain(5_000)]);
	expect(message).toBe(page);
});

test('visitors cannot pretend to come over https or from elsewhere', async () => {
	const port = await start((request, response) => response.end(JSON.stringify(request.headers)));
	const lies = { 'x-coopol-protocol': 'https', 'x-coopol-address': '1.2.3.4', 'x-forwarded-proto': 'https' };
	const seen = JSON.parse(await text(await read(port, lies)));
	expect(seen).toMatchObject({ 'x-coopol-protocol': 'http', 'x-coopol-address': '127.0.0.1' });
});

test('three hundred silent connections from one address do not stay', async () => {
	const port = await start(answerPage);
	const sockets: Socket[] = Array.from({ length: 300 }, () =>
		connect(port, '127.0.0.1').on('error', () => {}),
	);
	await pause(400);
	const closed = sockets.filter((socket) => socket.closed || socket.readyState !== 'open').length;
	expect(closed).toBeGreaterThanOrEqual(172);
	for (const socket of sockets) socket.destroy();
	await pause(50);
	expect((await read(port)).statusCode).toBe(200);
});

describe('what comes slowly', () => {
	const whole: Answer = async (request, response) => {
		response.end(String((await text(request).catch(() => '')).length));
	};
	/** Sends twenty pieces of this many bytes, one after the other; gives what was answered, nothing when it was cut. */
	async function drip(port: number, bytes: number): Promise<string> {
		const socket = connect(port, '127.0.0.1').on('error', () => {});
		const answered = text(socket).catch(() => '');
		socket.write(`POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: ${bytes * 20}\r\n\r\n`);
		for (let piece = 0; piece < 20 && !socket.destroyed; piece++) {
			socket.write('a'.repeat(bytes));
			await pause(20);
		}
		return answered;
	}

	test('is waited for as long as it goes on, and arrives whole', async () => {
		const port = await start(whole, { proxies: 0 }, { every: 100, least: 100 });
		expect(await drip(port, 100)).toMatch(/^HTTP\/1\.1 200[\s\S]*\b2000\b/);
	});

	test('is cut when it hardly comes', async () => {
		const port = await start(whole, { proxies: 0 }, { every: 100, least: 100 });
		expect(await drip(port, 2)).toBe('');
	});

	test('has minutes, not seconds: a photo by a weak network is not refused half way', async () => {
		await start(whole);
		expect(serving!.server.requestTimeout).toBeGreaterThanOrEqual(5 * 60_000);
		expect(serving!.server.headersTimeout).toBeLessThanOrEqual(10_000);
	});
});

test('the preference of the browser decides the coding', () => {
	expect(['br;q=0, gzip', 'gzip, deflate, br, zstd', 'identity', ''].map(chooseCoding)).toEqual([
		'gzip',
		'br',
		undefined,
		undefined,
	]);
});

test('the uploads’ host has uploads and nothing of the build; no other name is believed', async () => {
	const echo: Answer = ({ headers }, response) =>
		response.end(`${headers['x-coopol-protocol']}://${headers['x-coopol-host']}`);
	const port = await start(echo, {
		origin: new URL('https://coopol.example'),
		files: new URL('https://fichiers.coopol.example'),
		proxies: 1,
	});
	const asked = async (host: string, path: string) => {
		const answer = await read(port, { host }, 'GET', path);
		return `${answer.statusCode} ${await text(answer)}`;
	};
	for (const path of ['/fichiers/1?w=480', '/logo?2', '/logo'])
		expect(await asked('Fichiers.coopol.example', path)).toBe('200 https://fichiers.coopol.example');
	for (const path of ['/', '/enhance.js', '/_app/x.css', '/logout', '/fil?/fichiers/', '//fichiers/1'])
		expect([path, await asked('fichiers.coopol.example', path)]).toEqual([path, '404 ']);
	for (const host of ['coopol.example', 'evil.example', 'fichiers.coopol.example.evil.example'])
		expect(await asked(host, '/enhance.js')).toBe('200 https://coopol.example');
});

test('a browser keeps the script of this build, and asks again under any other name', async () => {
	vi.stubEnv('COOPOL_BUILD', 'a1b2c3d4e5');
	const port = await start((_request, response) => response.end('say();'));
	const kept = async (path: string) => (await read(port, {}, 'GET', path)).headers['cache-control'];
	for (const path of ['/enhance.js?a1b2c3d4e5', '/enhance-main.js?a1b2c3d4e5'])
		expect(await kept(path)).toBe('public, max-age=31536000, immutable');
	for (const path of ['/enhance.js', '/enhance.js?0', '/enhance.js?a1b2c3d4e5&', '/fil?a1b2c3d4e5'])
		expect([path, await kept(path)]).toEqual([path, undefined]);
});
