import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { Operation } from '../domain.ts';
import { takesFiles } from './body.ts';
import { aboutAll, headers, problem, refusals, statusOf } from './openapi-common.ts';

/** The API's description (OpenAPI 3.1), made from the very schemas that check each request and each answer. */
export function openApi(operations: Readonly<Record<string, Operation>>, title: string, origin = '') {
	const paths: Record<string, Record<string, unknown>> = {};
	for (const [name, operation] of Object.entries(operations).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
		const [verb, pattern] = name.split(' ') as [string, string];
		const path = pattern.replace(/\[(\w+)\]/g, '{$1}');
		paths[path] = { ...paths[path], [verb.toLowerCase()]: describe(verb, pattern, operation) };
	}
	return {
		openapi: '3.1.0',
		info: {
			title: `${title} API`,
			version: '1',
			description: aboutAll,
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
			responses: refusals,
			parameters: headers,
		},
	};
}

const schemaOf = (schema: Operation['input'], typeMode: 'input' | 'output'): JsonSchema => {
	const { $schema: _, ...rest } = toJsonSchema(schema as never, { typeMode, errorMode: 'ignore' });
	return rest;
};
/** Bytes as they are, or what the schema says. */
const given = (operation: Operation) =>
	operation.bytes ? { '*/*': {} } : json(schemaOf(operation.output, 'output'));
const json = (schema: unknown) => ({ 'application/json': { schema } });

/** `/api/v1/posts/[id]/comments` → `get_posts_id_comments`. */
const nameOf = (verb: string, pattern: string) =>
	`${verb} ${pattern.slice('/api/v1/'.length)}`
		.replace(/[^a-z0-9]+/gi, '_')
		.toLowerCase()
		.replace(/_$/, '');

function describe(verb: string, pattern: string, operation: Operation) {
	const input = schemaOf(operation.input, 'input');
	const isOpen = operation.gate === 'anyone';
	return {
		operationId: nameOf(verb, pattern),
		tags: [pattern.split('/')[3]!],
		summary: operation.summary,
		description: `Scope: ${operation.scope}. Gate: ${operation.gate}.${takesFiles(operation) ? ' Takes files.' : ''}`,
		security: [...(isOpen ? [{}] : []), { token: [operation.scope] }],
		parameters: [
			...inPath(pattern),
			...(verb === 'GET' ? inQuery(input) : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
			...(isOfficers(operation) ? [{ $ref: '#/components/parameters/SecondFactor' }] : []),
		],
		...bodyOf(verb, input),
		responses: {
			[operation.status ?? 200]: { description: 'Done', content: given(operation) },
			...(verb === 'GET' &&
				!operation.bytes && { 304: { description: 'As it was: `If-None-Match` holds its `ETag`' } }),
			...Object.fromEntries(
				Object.keys(refusals)
					.filter((status) => verb !== 'GET' || status !== 'Conflict')
					.map((name) => [
						statusOf[name as keyof typeof refusals],
						{ $ref: `#/components/responses/${name}` },
					]),
			),
		},
	};
}

/** A verb that takes nothing has no body; one whose fields may all be left out may be sent none. */
function bodyOf(verb: string, input: JsonSchema) {
	if (verb === 'GET' || verb === 'DELETE' || !Object.keys(input.properties ?? {}).length) return {};
	return { requestBody: { required: Boolean(input.required?.length), content: json(input) } };
}

const inPath = (pattern: string) =>
	[...pattern.matchAll(/\[(\w+)\]/g)].map(([, name]) => ({
		name,
		in: 'path',
		required: true,
		schema: { type: 'string', ...(name === 'id' && { format: 'uuid' }) },
	}));

const inQuery = ({ properties = {}, required = [] }: JsonSchema) =>
	Object.entries(properties).map(([name, schema]) => ({
		name,
		in: 'query',
		required: required.includes(name),
		schema: name === 'limit' ? limit : schema,
		...(name === 'cursor' && { description: '`next` of the page before; absent for the first page.' }),
	}));

/** It comes as text, as all that is in an address. */
const limit = { type: 'integer', minimum: 1, maximum: 50, default: 20 };

const isOfficers = ({ gate, stepUp }: Operation) => Boolean(stepUp) || gate === 'office';
