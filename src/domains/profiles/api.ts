import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { openPerson } from './open.ts';

const noun = v.record(v.string(), v.unknown());
const person = v.object({
	id: v.string(),
	name: v.string(),
	status: v.nullable(v.string()),
	units: v.array(v.object({ id: v.string(), name: v.string() })),
	offices: v.array(
		v.object({
			office: noun,
			unitId: v.string(),
			unit: v.string(),
			since: v.string(),
			until: v.nullable(v.string()),
			current: v.boolean(),
			provisional: v.boolean(),
		}),
	),
	lines: v.array(
		v.object({
			kind: v.string(),
			value: v.object({
				text: v.optional(v.string()),
				place: v.optional(v.string()),
				url: v.optional(v.string()),
			}),
			started: v.nullable(v.number()),
			ended: v.nullable(v.number()),
		}),
	),
});

export const api: Record<string, Operation> = {
	'GET /api/v1/people/[id]': operation({
		gate: 'network',
		rule: 'people.person.see',
		scope: 'people:read',
		audit: true,
		summary: 'A person, as far as they show themselves to the one who asks',
		input: v.object({}),
		output: person,
		act: (viewer, _input, params) => openPerson(viewer, params.id!),
	}),
};
