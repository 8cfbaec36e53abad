import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { accept, reconsider, refuse, remove } from './answer.ts';
import { block, mute } from './apart.ts';
import { AskForm, ask, withdraw } from './ask.ts';
import { friendsOf, requestsFrom, requestsTo } from './queries.ts';
import { RestoreForm, restore } from './restore.ts';

const nothing = v.object({});
const friend = v.object({
	id: v.string(),
	name: v.string(),
	since: v.string(),
	status: v.nullable(v.string()),
});
const request = v.object({
	id: v.string(),
	person: v.object({ id: v.string(), name: v.string() }),
	note: v.string(),
	at: v.string(),
});

const reads = { gate: 'network', scope: 'friends:read' } as const;
const writes = { gate: 'network', scope: 'friends:write' } as const;

const apart = { gate: 'network', scope: 'safety:write', rule: 'people.person.keepApart' } as const;

const told = (rows: Awaited<ReturnType<typeof requestsTo>>) =>
	rows.map(({ requestId, id, name, note, at }) => ({ id: requestId, person: { id, name }, note, at }));

export const api: Record<string, Operation> = {
	'GET /api/v1/friends': operation({
		...reads,
		rule: 'people.person.see',
		summary: 'Friends of the person, by name',
		input: v.object({ cursor: v.optional(v.pipe(v.string(), v.maxLength(400))) }),
		output: v.object({ items: v.array(friend), next: v.nullable(v.string()) }),
		act: async (viewer, { cursor = '' }) => {
			const { friends, next } = await friendsOf(viewer, cursor);
			return { items: friends, next };
		},
	}),
	'GET /api/v1/friends/requests': operation({
		...reads,
		rule: 'friends.request.see',
		summary: 'Requests received and sent that wait for an answer',
		input: nothing,
		output: v.object({ received: v.array(request), sent: v.array(request) }),
		act: async (viewer) => ({
			received: told(await requestsTo(viewer)),
			sent: told(await requestsFrom(viewer)),
		}),
	}),
	'POST /api/v1/friends/requests': operation({
		...writes,
		rule: 'people.person.ask',
		summary: 'Ask somebody to be friends',
		status: 201,
		input: v.strictObject(AskForm.entries),
		output: v.object({ state: v.string() }),
		act: async (viewer, input) => ({ state: await ask(viewer, input) }),
	}),
	'POST /api/v1/friends/requests/[id]/acceptance': plainVerb(
		{
			...writes,
			rule: 'friends.request.answer',
			summary: 'Accept a request',
		},
		(viewer, request) => accept(viewer, { request }),
	),
	'POST /api/v1/friends/requests/[id]/refusal': plainVerb(
		{
			...writes,
			rule: 'friends.request.answer',
			summary: 'Refuse a request; the other person is not told',
		},
		(viewer, request) => refuse(viewer, { request }),
	),
	'DELETE /api/v1/friends/requests/[id]/refusal': plainVerb(
		{
			...writes,
			rule: 'friends.request.answer',
			summary: 'Put a request that one refused back among those that wait',
		},
		(viewer, request) => reconsider(viewer, { request }),
	),
	'DELETE /api/v1/friends/requests/[id]': plainVerb(
		{
			...writes,
			rule: 'friends.request.withdraw',
			summary: 'Take a request back',
		},
		(viewer, request) => withdraw(viewer, { request }),
	),
	'DELETE /api/v1/friends/[id]': operation({
		...writes,
		summary: 'End a friendship; gives the ticket that puts it back for ten minutes',
		input: nothing,
		output: v.object({ id: v.string(), ticket: v.string() }),
		act: async (viewer, _input, { id }) => ({ id, ticket: await remove(viewer, { person: id! }) }),
	}),
	'POST /api/v1/friends/restorations': operation({
		...writes,
		summary: 'Put back a friendship that one ended within ten minutes, with the ticket that ending it gave',
		status: 201,
		input: v.strictObject(RestoreForm.entries),
		output: v.object({ id: v.string() }),
		act: async (viewer, input) => ({ id: await restore(viewer, input) }),
	}),
	'PUT /api/v1/people/[id]/block': plainVerb(
		{ ...apart, summary: 'Keep somebody apart, both ways; they are not told, and what tied you ends' },
		(viewer, id) => block(viewer, id),
	),
	'PUT /api/v1/people/[id]/mute': plainVerb(
		{ ...apart, summary: 'Hear no more of somebody; they are not told' },
		(viewer, id) => mute(viewer, id),
	),
};
