import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { ownApi } from './api-own.ts';
import { OpenForm, openContact, openPerson } from './open.ts';

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
	'POST /api/v1/people/[id]/openings': operation({
		gate: 'network',
		rule: 'profiles.contact.openEmail',
		scope: 'people:contact',
		audit: true,
		summary:
			'Open how to write to a person or to call them: it is noted, and they read by whom; through an office, a reason is asked',
		input: v.strictObject(OpenForm.entries),
		output: v.object({ what: v.string(), value: v.nullable(v.string()) }),
		act: (viewer, input, params) => openContact(viewer, params.id!, input),
	}),
	...ownApi,
};
