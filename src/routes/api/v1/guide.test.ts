import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createToken } from '#domains/people/token.ts';
import { sql } from '#platform/sql.ts';
import { operations } from '#registry.ts';
import { browser } from '#tests/browse.ts';
import { idOf } from '#tests/party.ts';
import { as, stage } from '#tests/stage.ts';
import { scene } from '#tests/traces.ts';

stage();

const docs = join(import.meta.dirname, '../../../../docs');
const read = (path: string) => readFileSync(join(docs, path), 'utf8');
const guide = read('guides/programmes.md');
const scopes = new Set(Object.values(operations).map(({ scope }) => scope));

describe('what the guide for programs names', () => {
	test('is every scope that a key may be given, and none that is not there', () => {
		const rows = guide.split('\n').filter((line) => line.startsWith('| `'));
		const table = rows.slice(
			0,
			rows.findIndex((line) => line.includes('/api/v1')),
		);
		const named = table.flatMap((line) =>
			[...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
		);
		expect(named.toSorted()).toEqual([...scopes].toSorted());
	});

	test.each(['guides/programmes.md', 'guides/webhooks.md', 'decisions/0027-what-a-token-may-not-do.md'])(
		'are verbs that exist: %s',
		(path) => {
			const named = [...read(path).matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/api\/v1\/[^`?\s]+)/g)];
			expect(named.length).toBeGreaterThan(3);
			for (const [, name] of named) expect(operations).toHaveProperty([name!.replace(/\{(\w+)\}/g, '[$1]')]);
		},
	);

	test('are fields that those verbs take files in', () => {
		const rows = guide.split('\n').filter((line) => /^\| `(POST|PUT) \/api/.test(line));
		const verbs = rows.flatMap((line) =>
			[...line.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
		);
		const taking = Object.entries(operations).filter(([, { rate, files }]) => files || rate === 'upload');
		expect(verbs.map((name) => name.replaceAll('{id}', '[id]')).toSorted()).toEqual(
			taking.map(([name]) => name).toSorted(),
		);
	});
});

interface Program {
	call(
		method: string,
		path: string,
		body?: object,
		headers?: Record<string, string>,
	): Promise<{ id: string }>;
	all(path: string): AsyncIterable<{ text: string; media: { description: string }[] }>;
	publishPhoto(said: Record<string, string>): Promise<{ id: string }>;
}

describe('the program of the guide, as it is written there', () => {
	const file = join(tmpdir(), `guide-${process.pid}.mjs`);
	const photo = join(tmpdir(), `guide-${process.pid}.png`);
	let program: Program;
	beforeAll(async () => {
		const some = ['feed:read', 'feed:write'];
		const fresh = { ...(await as('odile')), factorAt: new Date() };
		const token = await createToken(fresh, { name: 'Guide', scopes: some, days: '30' }, some);
		for (const [name, value] of Object.entries({ COOPOL_URL: 'http://house', COOPOL_TOKEN: token }))
			vi.stubEnv(name, value);
		const { send } = await browser('visitor');
		vi.stubGlobal('fetch', async (url: string, { method, headers, body }: RequestInit) => {
			const sent = body ? JSON.parse(body as string) : undefined;
			const path = url.replace('http://house', '');
			const answer = await send(method!, path, sent, headers as Record<string, string>);
			return new Response(answer.html, { status: answer.status, headers: answer.headers });
		});
		writeFileSync(file, /```js program\n([\s\S]+?)```/.exec(guide)![1]!);
		writeFileSync(
			photo,
			await sharp({ create: { width: 9, height: 9, channels: 3, background: '#00616c' } })
				.png()
				.toBuffer(),
		);
		program = await import(/* @vite-ignore */ pathToFileURL(file).href);
	});
	afterAll(() => {
		vi.unstubAllGlobals();
		vi.unstubAllEnvs();
		for (const one of [file, photo]) rmSync(one);
	});
	const here = `unit:${idOf('villebrume')}`;
	const listed = async () => {
		const found = [];
		for await (const post of program.all('/posts')) found.push(post);
		return found;
	};

	test('publishes a photo once, however often it is told to, and reads every page of a list', async () => {
		const said = { path: photo, description: 'Un carré', text: 'Au marché', audience: here, once: 'marché' };
		const [first, again] = [await program.publishPhoto(said), await program.publishPhoto(said)];
		expect(again).toEqual(first);
		for (let n = 0; n < 21; n++) await program.call('POST', '/posts', { text: `Mot ${n}`, audience: here });
		const posts = await listed();
		expect(posts).toHaveLength(22);
		expect(posts.at(-1)).toMatchObject({ text: 'Au marché', media: [{ description: 'Un carré' }] });
	});

	test('throws what was refused, with its problems', async () => {
		const refusal = program.call('POST', '/posts', { text: '', audience: here });
		await expect(refusal).rejects.toMatchObject({
			message: 'Invalid',
			status: 422,
			errors: [{ field: 'text', code: 'feed.text_needed' }],
		});
	});

	test('waits as long as it is told, then goes on', async () => {
		await scene(sql`insert into platform.bucket (key, level, at) values (${`write:${idOf('odile')}`}, 41, clock_timestamp())
			on conflict (key) do update set level = 40, at = clock_timestamp()`);
		const began = Date.now();
		await program.call('POST', '/posts', { text: 'Enfin', audience: here });
		expect(Date.now() - began).toBeGreaterThan(900);
	}, 30_000);
});
