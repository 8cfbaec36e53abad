import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newHookSecret, signedHeaders } from './sign.ts';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guides/webhooks.md'), 'utf8');
const code = /```js receiver\n([\s\S]+?)```/.exec(guide)![1]!;
const secret = newHookSecret();
const folder = mkdtempSync(join(tmpdir(), 'receiver-'));
let port = 0;
let server: ChildProcess;
let heard = '';

const freePort = () =>
	new Promise<number>((done) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port: free } = probe.address() as { port: number };
			probe.close(() => done(free));
		});
	});

beforeAll(async () => {
	port = await freePort();
	writeFileSync(join(folder, 'receiver.mjs'), code);
	server = spawn(process.execPath, [join(folder, 'receiver.mjs')], {
		env: { ...process.env, WEBHOOK_SECRET: secret, PORT: String(port) },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	server.stdout!.on('data', (piece) => {
		heard += String(piece);
	});
	const answers = async () => (await knock({}, '').catch(() => 0)) === 400;
	await vi.waitUntil(answers, { timeout: 20_000, interval: 100 });
}, 25_000);
afterAll(() => {
	server.kill();
	rmSync(folder, { recursive: true });
});

const knock = async (headers: Record<string, string>, body: string) =>
	(await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
const now = () => Math.floor(Date.now() / 1000);
const body = JSON.stringify({
	type: 'event.created',
	data: { id: '1', url: 'https://coopol.example.org/é' },
});

test('the receiver of the guide has thirty lines and takes what we send, once', async () => {
	expect(code.trim().split('\n').length).toBeLessThanOrEqual(32);
	const headers = signedHeaders([newHookSecret(), secret], { id: 'msg_1', timestamp: now(), body });
	expect([await knock(headers, body), await knock(headers, body)]).toEqual([204, 204]);
	await expect.poll(() => heard).toBe('event.created https://coopol.example.org/é\n');
});

test('it refuses what was altered, what another signed and what is old', async () => {
	const signed = { id: 'msg_2', timestamp: now(), body };
	expect(await knock(signedHeaders([secret], signed), body.replace('1', '2'))).toBe(400);
	expect(await knock(signedHeaders([newHookSecret()], signed), body)).toBe(400);
	expect(await knock(signedHeaders([secret], { ...signed, timestamp: now() - 600 }), body)).toBe(400);
	expect(heard).not.toContain('msg_2');
});
