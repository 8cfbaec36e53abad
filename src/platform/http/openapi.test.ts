import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { operations } from '#registry.ts';
import { misfits } from '#tests/fits.ts';
import { invalidField, Refusal, tooMany } from '../errors.ts';
import { problemResponse } from './api.ts';
import { openApi } from './openapi.ts';
import { problem, statusOf } from './openapi-common.ts';

const lint = async (document: object) =>
	(
		await lintFromString({
			source: JSON.stringify(document),
			config: await createConfig({ extends: ['spec'] }),
		})
	).map(({ message, location }) => `${location[0]?.pointer}: ${message}`);

test('the description of the API is OpenAPI 3.1, for every verb that a domain declares', async () => {
	const document = openApi(operations, 'La Rive commune');
	const verbs = Object.values(document.paths).flatMap((path) => Object.keys(path));
	expect(verbs.length).toBe(Object.keys(operations).length);
	expect(await lint(document)).toEqual([]);
});

test('the check sees a description that is wrong', async () => {
	const document = openApi(operations, 'La Rive commune');
	expect(await lint({ ...document, paths: { '/x': { get: { responses: { 200: {} } } } } })).not.toEqual([]);
});

interface Verb {
	operationId: string;
	description: string;
	summary: string;
	security: Record<string, string[]>[];
	tags: string[];
	parameters: { name?: string; $ref?: string; in?: string; schema?: object }[];
	requestBody?: { required: boolean };
	responses: Record<string, object>;
}
const document = openApi(operations, 'La Rive commune');
const verbs = Object.entries(document.paths).flatMap(([path, methods]) =>
	Object.entries(methods).map(([method, verb]) => ({ path, method, verb: verb as Verb })),
);
const at = (method: string, path: string) =>
	verbs.find((one) => one.method === method && one.path === `/api/v1${path}`)!.verb;

test('every verb that is declared is described, under a name of its own that one can read', () => {
	const described = verbs.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
	expect(described.toSorted()).toEqual(
		Object.keys(operations)
			.map((name) => name.replace(/\[(\w+)\]/g, '{$1}'))
			.toSorted(),
	);
	const names = verbs.map(({ verb }) => verb.operationId);
	expect(new Set(names).size).toBe(names.length);
	expect(at('get', '/posts/{id}/comments').operationId).toBe('get_posts_id_comments');
	for (const name of names) expect(name).toMatch(/^(get|post|put|patch|delete)(_[a-z0-9]+)+$/);
	for (const { verb } of verbs) expect(verb.summary.length).toBeGreaterThan(5);
});

test('each verb says its scope and its gate, and whether it answers without a token', () => {
	for (const { verb } of verbs)
		expect(verb.description).toMatch(/^Scope: \S+\. Gate: \S+\.( Takes files\.)?$/);
	expect(at('post', '/posts').security).toEqual([{ token: ['feed:write'] }]);
	expect(at('get', '/posts/{id}').security).toEqual([{}, { token: ['feed:read'] }]);
	const anybodys = Object.values(operations).filter(({ gate }) => gate === 'anyone').length;
	expect(verbs.filter(({ verb }) => verb.security.some((one) => !Object.keys(one).length)).length).toBe(
		anybodys,
	);
});

test('every reference leads somewhere', () => {
	const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, to]) => to!);
	expect(refs.length).toBeGreaterThan(500);
	for (const to of new Set(refs)) {
		const found = to
			.split('/')
			.reduce<unknown>((part, name) => (part as Record<string, unknown>)?.[name], document);
		expect([to, typeof found]).toEqual([to, 'object']);
	}
});

test('refusals of every kind are told, each with the status that it has', () => {
	const promised = Object.fromEntries(
		(['NotFound', 'Forbidden', 'Invalid', 'SignIn', 'TooMany', 'Conflict'] as const).map((name) => [
			name,
			new Refusal(name).status,
		]),
	);
	expect(statusOf).toEqual(promised);
	expect(Object.keys(at('post', '/posts').responses)).toEqual([
		'201',
		'401',
		'403',
		'404',
		'409',
		'422',
		'429',
	]);
	expect(Object.keys(at('get', '/feed').responses)).toEqual([
		'200',
		'304',
		'401',
		'403',
		'404',
		'422',
		'429',
	]);
});

test('what is sent is told as it is sent: pages by cursor and number, bodies only where there is something to say', () => {
	const feed = at('get', '/feed').parameters;
	expect(feed.find(({ name }) => name === 'limit')?.schema).toMatchObject({ type: 'integer', maximum: 50 });
	expect(at('put', '/posts/{id}/thanks').requestBody).toBeUndefined();
	expect(at('post', '/posts').requestBody).toMatchObject({ required: true });
	expect(JSON.stringify(at('post', '/posts').requestBody)).toContain('`unit:` and an id');
	for (const { verb, method } of verbs) {
		const isOnce = verb.parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'));
		expect(isOnce).toBe(method !== 'get');
		if (verb.requestBody) expect(['post', 'put', 'patch']).toContain(method);
	}
});

test('what a refusal answers is as described', async () => {
	const words = { say: (key: string) => key };
	for (const refusal of [new Refusal('NotFound'), tooMany(3), invalidField('text', 'feed.text_needed')])
		expect(misfits(problem as never, await problemResponse(refusal, words as never).json())).toEqual([]);
	expect(misfits(problem as never, { title: 'Other', status: '4' })).not.toEqual([]);
});
