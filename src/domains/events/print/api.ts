import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { callList, OpenCallsForm, openCalls } from './calls.ts';

const path = '/api/v1/events/[id]';
const callable = { id: v.string(), name: v.string(), home: v.string() };

/** Whom to call for an event, for programs of who organises it. */
export const callsApi: Record<string, Operation> = {
	[`GET ${path}/calls`]: operation({
		gate: 'office',
		scope: 'events:read',
		rule: 'events.door.see',
		summary: 'Who of the unit said nothing about an event and accepts calls; without their numbers',
		input: v.object({}),
		output: v.object({ items: v.array(v.object(callable)) }),
		act: async (viewer, _, params) => ({ items: (await callList(viewer, params.id!)).people }),
	}),
	[`POST ${path}/calls`]: operation({
		gate: 'office',
		rule: 'profiles.contact.openPhone',
		scope: 'people:contact',
		stepUp: true,
		audit: true,
		summary: 'Open the numbers of those people, to call them about the event: each of them reads by whom',
		input: OpenCallsForm,
		output: v.object({ items: v.array(v.object({ ...callable, phone: v.string() })) }),
		act: async (viewer, _, params) => ({ items: await openCalls(viewer, params.id!) }),
	}),
};
