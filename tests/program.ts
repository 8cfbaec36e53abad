import * as v from 'valibot';
import { expect } from 'vitest';
import { parse } from '#platform/http/form.ts';
import { openApi } from '#platform/http/openapi.ts';
import { operations } from '#registry.ts';
import { misfits } from './fits.ts';
import type { CastName } from './party.ts';
import { as } from './stage.ts';

type Described = Record<string, { content?: Record<string, { schema: object }> }>;
const { paths } = openApi(operations, 'La Rive commune') as unknown as {
	paths: Record<string, Record<string, { responses: Described }>>;
};

/** What the description of the API says that a verb answers when it is done. */
const describedBy = (verb: string, path: string, status = 200) =>
	paths[path.replace(/\[(\w+)\]/g, '{$1}')]![verb.toLowerCase()]!.responses[status]!.content![
		'application/json'
	]!.schema;

/**
 * What a program of somebody gets from a verb of the API: what it sends is judged by the verb's own schema, and what comes back must be
 * as the description says to strangers.
 */
export async function program<T = { id: string }>(
	name: string,
	who: CastName | 'visitor',
	params: Record<string, string> = {},
	input: object = {},
): Promise<T> {
	const [verb, path] = [name.split(' ')[0]!, `/api/v1${name.split(' ')[1]}`];
	const one = operations[`${verb} ${path}`];
	if (!one) throw new Error(`no such verb: ${name}`);
	const result = await one.act(await as(who), parse(one.input, input), params);
	const body = v.parse(one.output, JSON.parse(JSON.stringify(result ?? null)));
	expect(misfits(describedBy(verb, path, one.status), body)).toEqual([]);
	return body as T;
}
