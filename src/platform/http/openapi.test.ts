import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, test } from 'vitest';
import { operations } from '#registry.ts';
import { openApi } from './openapi.ts';

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

test('each verb has a name of its own, and says its scope and its gate', () => {
	const described = Object.values(openApi(operations, 'x').paths).flatMap((path) => Object.values(path)) as {
		operationId: string;
		description: string;
	}[];
	expect(new Set(described.map(({ operationId }) => operationId)).size).toBe(described.length);
	for (const { description } of described) expect(description).toMatch(/^Scope: \S+\. Gate: \S+\.$/);
});
