import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { Operation } from '../domain.ts';

/** The API's description (OpenAPI 3.1), made from the very schemas that check each request and each answer. */
export function openApi(operations: Readonly<Record<string, Operation>>, title: string, origin = '') {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const [name, operation] of Object.entries(operations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
		const [verb, pattern] = name.split(' ') as [string, string];
		const path = pattern.replace(/\[(\w+)\]/g, '{$1}');
		paths[path] = { ...paths[path], [verb.toLowerCase()]: describe(name, verb, pattern, operation) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: `${title} API`,
			version: '1',
			license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
		},
		servers: [{ url: origin || '/' }],
		security: [{ token: [] }],
		paths,
		components: {
			securitySchemes: {
				token: { type: 'http', scheme: 'bearer', description: 'A personal token, made on the account page.' },
			},
			schemas: { Problem: problem },
		},
	};
}

const problem = {
	type: 'object',
	description: 'RFC 9457',
	properties: {
		type: { type: 'string' },
		title: { type: 'string' },
		status: { type: 'integer' },
		errors: {
			type: 'array',
			items: {
				type: 'object',
				properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
			},
		},
	},
	required: ['type', 'title', 'status'],
};

const schemaOf = (schema: Operation['input'], typeMode: 'input' | 'output'): JsonSchema => {
	const { $schema: _, ...rest } = toJsonSchema(schema as never, { typeMode, errorMode: 'ignore' });
	return rest;
};
const json = (schema: unknown) => ({ 'application/json': { schema } });
const refusal = (description: string) => ({
	description,
	content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function describe(name: string, verb: string, pattern: string, operation: Operation) {
	const input = schemaOf(operation.input, 'input');
	const takesBody = verb !== 'GET' && verb !== 'DELETE';
	return {
		operationId: name
			.replace(/[^a-z]+/gi, '_')
			.toLowerCase()
			.replace(/_$/, ''),
		summary: operation.summary,
		description: `Scope: ${operation.scope}. Gate: ${operation.gate}.`,
		parameters: [
			...inPath(pattern),
			...(verb === 'GET' ? inQuery(input) : idempotency),
			...(isOfficers(operation) ? secondFactor : []),
		],
		...(takesBody && { requestBody: { required: true, content: json(input) } }),
		responses: {
			[operation.status ?? 200]: { description: 'Done', content: json(schemaOf(operation.output, 'output')) },
			401: refusal('Sign in first'),
			404: refusal('It does not exist, or not for you'),
			422: refusal('What was sent cannot be taken; errors say which field and why'),
			429: refusal('Too many; retry-after says when'),
		},
	};
}

const inPath = (pattern: string) =>
	[...pattern.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({
		name,
		in: 'path',
		required: true,
		schema: { type: 'string' },
	}));

const inQuery = ({ properties = {}, required = [] }: JsonSchema) =>
	Object.entries(properties).map(([name, schema]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		schema,
	}));

const isOfficers = ({ gate, stepUp }: Operation) => Boolean(stepUp) || gate === 'office';

const secondFactor = [
	{
		name: 'Second-Factor',
		in: 'header',
		required: false,
		schema: { type: 'string', maxLength: 40 },
		description: 'A code of your authenticator app, once: beside a token, offices act with it alone.',
	},
];

const idempotency = [
	{
		name: 'Idempotency-Key',
		in: 'header',
		required: false,
		schema: { type: 'string', maxLength: 64 },
		description: 'The same key does it once.',
	},
];
