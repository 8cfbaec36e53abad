import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { groups, search } from './find.ts';

const named = v.object({ id: v.string(), name: v.string() });

export const api: Record<string, Operation> = {
	'GET /api/v1/search': operation({
		gate: 'network',
		rule: 'people.person.see',
		scope: 'search:read',
		rate: 'search',
		summary:
			'People, units, groups, events, missions, ideas, petitions and posts for some words, among what exists for the one who asks',
		input: v.strictObject({
			q: v.pipe(v.string(), v.trim(), v.minLength(1, 'search.empty'), v.maxLength(200, 'search.too_long')),
			in: v.optional(v.picklist(groups, 'app.invalid_value')),
		}),
		output: v.object({
			people: v.array(named),
			peopleCount: v.number(),
			units: v.array(v.object({ ...named.entries, slug: v.string() })),
			unitCount: v.number(),
			groups: v.array(v.object({ ...named.entries, purpose: v.string() })),
			events: v.array(v.object({ id: v.string(), title: v.string(), startsAt: v.string() })),
			posts: v.array(
				v.object({ ...named.entries, unit: v.nullable(v.string()), text: v.string(), at: v.string() }),
			),
			missions: v.array(
				v.object({ id: v.string(), title: v.string(), place: v.string(), startsAt: v.string() }),
			),
			initiatives: v.array(v.object({ id: v.string(), title: v.string(), supports: v.number() })),
			petitions: v.array(v.object({ id: v.string(), title: v.string(), signed: v.number() })),
		}),
		act: (viewer, { q, in: within }) => search(viewer, q, within ?? null),
	}),
};
