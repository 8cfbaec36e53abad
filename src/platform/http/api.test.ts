import * as v from 'valibot';
import { expect, test } from 'vitest';
import { operation } from '#platform/domain.ts';
import { stage } from '#tests/stage.ts';
import { visitor } from '../viewer.ts';
import { answer } from './api.ts';

stage();

const place = operation({
	gate: 'anyone',
	scope: 'places:read',
	summary: 'A place',
	input: v.object({ q: v.optional(v.pipe(v.string(), v.maxLength(5, 'app.too_long'))) }),
	output: v.object({ name: v.string() }),
	act: async (_viewer, { q }, { id }) => ({ name: `${q ?? ''}${id ?? ''}`, secret: 'kept inside' }),
});
const move = operation({ ...place, gate: 'network', input: v.object({}) } as never);
const operations = {
	'GET /api/v1/places/[name]': place,
	'GET /api/v1/ids/[id]': place,
	'POST /api/v1/places': move,
};

const ask = (
	method: string,
	path: string,
	{
		headers = {},
		viewer = visitor,
		body,
	}: { headers?: Record<string, string>; viewer?: object; body?: string } = {},
) => {
	const url = new URL(path, 'http://here.example');
	const length = { 'content-length': String(Buffer.byteLength(body ?? '')) };
	const request = new Request(url, {
		method,
		headers: { ...length, ...headers },
		...(body !== undefined && { body }),
	});
	const words = { say: (key: string) => key };
	return answer(
		{ request, url, locals: { viewer: { ...viewer }, words }, getClientAddress: () => '192.0.2.1' } as never,
		operations as never,
	);
};

test('an answer holds what its schema lists and nothing else', async () => {
	expect(await (await ask('GET', '/api/v1/places/x?q=ab')).json()).toEqual({ name: 'ab' });
});

test('who already has an answer is told so without it', async () => {
	const first = await ask('GET', '/api/v1/places/x?q=ab');
	const again = await ask('GET', '/api/v1/places/x?q=ab', {
		headers: { 'if-none-match': first.headers.get('etag')! },
	});
	expect([again.status, await again.text()]).toEqual([304, '']);
	expect(
		(await ask('GET', '/api/v1/places/x?q=cd', { headers: { 'if-none-match': first.headers.get('etag')! } }))
			.status,
	).toBe(200);
});

test('what cannot be taken is said at its field, as a problem', async () => {
	const response = await ask('GET', '/api/v1/places/x?q=toolong');
	expect(response.status).toBe(422);
	expect(response.headers.get('content-type')).toBe('application/problem+json');
	expect((await response.json()).errors).toEqual([
		{ field: 'q', code: 'app.too_long', message: 'app.too_long' },
	]);
});

test('a body that is no JSON, or says a thing twice, is told so and nothing is done', async () => {
	const program = { ...visitor, id: '01900000-0000-7000-8000-000000000001', standing: 'member' };
	for (const body of ['{', 'name=Fête', '[1,', '{"a":1,"a":2}']) {
		const response = await ask('POST', '/api/v1/places', {
			viewer: { ...program, scopes: ['places:read'] },
			body,
		});
		expect([body, response.status, (await response.json()).errors]).toEqual([
			body,
			422,
			[{ field: '', code: 'app.json_unreadable', message: 'app.json_unreadable' }],
		]);
	}
});

test('an id of another shape, an unknown verb and a closed door look alike', async () => {
	for (const [method, path] of [
		['GET', '/api/v1/ids/abc'],
		['GET', '/api/v1/nothing'],
		['PUT', '/api/v1/places/x'],
	] as const) {
		expect([path, (await ask(method, path)).status]).toEqual([path, 404]);
	}
});

test('writing takes a personal token: a browser’s cookie alone is asked to sign in', async () => {
	const member = { ...visitor, id: '01900000-0000-7000-8000-000000000001', standing: 'member' };
	expect((await ask('POST', '/api/v1/places', { viewer: member, body: '{}' })).status).toBe(401);
	expect(
		(await ask('POST', '/api/v1/places', { viewer: { ...member, scopes: ['other:write'] }, body: '{}' }))
			.status,
	).toBe(404);
	expect(
		(await ask('POST', '/api/v1/places', { viewer: { ...member, scopes: ['places:read'] }, body: '{}' }))
			.status,
	).toBe(200);
	expect(
		(
			await ask('POST', '/api/v1/places', {
				viewer: { ...member, scopes: ['places:read'] },
				body: '{"a":1,"a":2}',
			})
		).status,
	).toBe(422);
});
