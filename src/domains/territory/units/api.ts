import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { listMembers } from '../belonging/members.ts';
import { parts } from '../belonging/parts.ts';
import { findCommunes } from '../zones/index.ts';
import { listUnits } from './list.ts';
import { showUnit } from './show.ts';

const noun = v.object({ fr: v.record(v.string(), v.unknown()), en: v.record(v.string(), v.unknown()) });
const count = v.nullable(v.number());
const card = {
	id: v.string(),
	slug: v.string(),
	name: v.string(),
	kind: noun,
	depth: v.number(),
	levels: v.number(),
	members: count,
	sympathisers: count,
};
const text = (max: number) => v.optional(v.pipe(v.string(), v.maxLength(max, 'app.invalid_value')));
const Unit = v.object({
	...card,
	chain: v.array(v.object({ id: v.string(), slug: v.string(), name: v.string(), depth: v.number() })),
	publicText: v.string(),
	membersText: v.nullable(v.string()),
	officers: v.nullable(
		v.array(v.object({ id: v.string(), name: v.string(), office: noun, provisional: v.boolean() })),
	),
	zones: v.array(v.string()),
	below: v.number(),
});
const Person = v.object({
	id: v.string(),
	name: v.string(),
	since: v.string(),
	home: v.string(),
	welcomed: v.nullable(v.boolean()),
	grants: v.nullable(v.string()),
	verified: v.nullable(v.boolean()),
	lapsed: v.nullable(v.boolean()),
});

/** Units, who belongs to them, and communes, for other programs. */
export const unitOperations: Record<string, Operation> = {
	'GET /api/v1/units': operation({
		gate: 'anyone',
		rule: 'territory.unit.see',
		scope: 'territory:read',
		rate: 'search',
		summary: 'Units by name, below one of them, or at the top of the tree',
		input: v.object({
			q: text(60),
			parent: v.optional(v.pipe(v.string(), v.uuid('app.invalid_value'))),
			cursor: text(500),
		}),
		output: v.object({ units: v.array(v.object(card)), next: v.nullable(v.string()) }),
		act: (viewer, { q, parent, cursor }) => listUnits(viewer, { q, parentId: parent, cursor }),
	}),
	'GET /api/v1/units/[id]': operation({
		gate: 'anyone',
		rule: 'territory.unit.see',
		scope: 'territory:read',
		summary: 'One unit, as its reader may see it',
		input: v.object({}),
		output: Unit,
		act: (viewer, _, { id }) => showUnit(viewer, id!),
	}),
	'GET /api/v1/units/[id]/members': operation({
		gate: 'network',
		rule: 'territory.unit.listMembers',
		scope: 'members:read',
		audit: true,
		summary: 'Who belongs to a unit, for its people and its officers',
		input: v.object({
			q: text(60),
			cursor: text(500),
			only: v.optional(v.picklist(parts, 'app.invalid_value')),
		}),
		output: v.object({ people: v.array(Person), next: v.nullable(v.string()) }),
		act: (viewer, input, { id }) => listMembers(viewer, id!, input),
	}),
	'GET /api/v1/communes': operation({
		gate: 'anyone',
		scope: 'territory:read',
		rate: 'search',
		summary: 'Communes by the beginning of a name or of a postcode',
		input: v.object({ q: v.pipe(v.string(), v.maxLength(100, 'app.invalid_value')) }),
		output: v.array(
			v.object({
				id: v.string(),
				name: v.string(),
				postcode: v.nullable(v.string()),
				within: v.nullable(v.string()),
				population: v.number(),
			}),
		),
		act: (viewer, { q }) => findCommunes(viewer, q),
	}),
};
