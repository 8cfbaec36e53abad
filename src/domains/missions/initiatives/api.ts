import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { ProposeForm } from './input.ts';
import { propose } from './propose.ts';
import { ideasFor, showIdea } from './read.ts';
import { support, withdraw } from './support.ts';

const nothing = v.object({});
const done = v.object({ id: v.string() });
const card = {
	id: v.string(),
	title: v.string(),
	text: v.string(),
	unit: v.object({ id: v.string(), name: v.string() }),
	by: v.nullable(v.object({ id: v.string(), name: v.string() })),
	isOfficial: v.boolean(),
	supports: v.number(),
	team: v.number(),
	state: v.picklist(['open', 'closed']),
	mine: v.boolean(),
};
const reads = { gate: 'network', scope: 'missions:read', rule: 'missions.initiative.see' } as const;
const writes = { gate: 'network', scope: 'missions:write' } as const;

export const ideaApi: Record<string, Operation> = {
	'GET /api/v1/initiatives': operation({
		...reads,
		summary: 'Ideas that look for support and for a team, open ones first, then the latest',
		input: nothing,
		output: v.object({ items: v.array(v.object(card)) }),
		act: async (viewer) => ({ items: await ideasFor(viewer) }),
	}),
	'POST /api/v1/initiatives': operation({
		...writes,
		rule: 'missions.caller.see',
		summary: 'Propose an idea in a unit',
		status: 201,
		input: v.strictObject(ProposeForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await propose(viewer, input) }),
	}),
	'GET /api/v1/initiatives/[id]': operation({
		...reads,
		summary: 'One idea, with its team',
		input: nothing,
		output: v.object({ ...card, people: v.array(v.object({ id: v.string(), name: v.string() })) }),
		act: (viewer, _input, params) => showIdea(viewer, params.id!),
	}),
	'PUT /api/v1/initiatives/[id]/support': plainVerb(
		{
			...writes,
			rule: 'missions.initiative.support',
			summary: 'Support an idea',
		},
		support,
	),
	'DELETE /api/v1/initiatives/[id]/support': plainVerb(
		{
			...writes,
			rule: 'missions.initiative.withdraw',
			summary: 'Take one’s support back',
		},
		withdraw,
	),
};
