import * as v from 'valibot';
import { parse } from '#platform/http/form.ts';
import { operations } from '#registry.ts';
import type { CastName } from './party.ts';
import { as } from './stage.ts';

/** What a program of somebody gets from a verb of the API, by its own schemas: what it sends is judged, and so is what comes back. */
export async function program<T = { id: string }>(
	name: string,
	who: CastName | 'visitor',
	params: Record<string, string> = {},
	input: object = {},
): Promise<T> {
	const [verb, path] = name.split(' ');
	const one = operations[`${verb} /api/v1${path}`];
	if (!one) throw new Error(`no such verb: ${name}`);
	const result = await one.act(await as(who), parse(one.input, input), params);
	return v.parse(one.output, JSON.parse(JSON.stringify(result ?? null))) as T;
}
