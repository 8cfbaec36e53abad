import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { house } from '#platform/house.ts';
import { endFeed, makeFeed, NothingForm } from '../calendar/feed.ts';
import { nearby, rings } from '../near/near.ts';
import { doorAddress } from './code.ts';
import { type Arrival, doorList } from './list.ts';
import {
	CodeForm,
	dropWalkIn,
	myCode,
	TickForm,
	tick,
	tickByCode,
	UntickForm,
	untick,
	WalkInForm,
	walkIn,
} from './tick.ts';

const reads = { gate: 'network', scope: 'events:read' } as const;
const atDoor = { gate: 'office', scope: 'events:write', rule: 'events.door.tick' } as const;
const done = v.object({ id: v.string() });
const path = '/api/v1/events/[id]';

const arrival = v.object({
	id: v.string(),
	kind: v.string(),
	name: v.string(),
	answer: v.nullable(v.string()),
	waiting: v.boolean(),
	guests: v.number(),
	/** When they were ticked; null when they were not. */
	at: v.nullable(v.string()),
	brought: v.number(),
});
const told = ({ id, kind, name, answer, waiting, guests, at, brought }: Arrival) => ({
	...{ id, kind, name, answer, waiting, guests, brought },
	at: at?.toISOString() ?? null,
});

/** Verbs of the door of an event, of one's own calendar, of what is near. */
export const doorApi: Record<string, Operation> = {
	[`GET ${path}/attendance`]: operation({
		...atDoor,
		scope: 'events:read',
		rule: 'events.door.see',
		summary: 'Who is expected at an event and who is there, by name',
		input: v.object({ q: v.optional(v.pipe(v.string(), v.maxLength(60, 'app.invalid_value')), '') }),
		output: v.object({ present: v.number(), walkIns: v.number(), items: v.array(arrival) }),
		act: async (viewer, { q }, params) => {
			const { door, arrivals } = await doorList(viewer, params.id!, q);
			return { present: door.present, walkIns: door.walkIns, items: arrivals.map(told) };
		},
	}),
	[`POST ${path}/attendance`]: operation({
		...atDoor,
		summary: 'Tick somebody who is there; twice is once',
		input: v.strictObject(TickForm.entries),
		output: done,
		act: async (viewer, input, params) => {
			await tick(viewer, params.id!, input);
			return { id: input.person };
		},
	}),
	[`DELETE ${path}/attendance`]: operation({
		...atDoor,
		summary: 'Take a tick back',
		input: v.strictObject(UntickForm.entries),
		output: done,
		act: async (viewer, input, params) => {
			await untick(viewer, params.id!, input);
			return { id: input.person };
		},
	}),
	[`POST ${path}/attendance/code`]: operation({
		...atDoor,
		summary: 'Tick the person of a code; that of another event is refused',
		input: v.strictObject(CodeForm.entries),
		output: v.object({ name: v.string(), again: v.boolean() }),
		act: (viewer, input, params) => tickByCode(viewer, params.id!, input),
	}),
	[`GET ${path}/my-code`]: operation({
		...reads,
		rule: 'events.event.see',
		summary:
			'The person’s own code at the door, for who comes and has a seat; `address` is what is drawn of it',
		input: v.object({}),
		output: v.object({ code: v.string(), address: v.string() }),
		act: async (viewer, _, { id }) => {
			const { code } = await myCode(viewer, id!);
			return { code, address: doorAddress((await house()).origin, id!, code) };
		},
	}),
	[`POST ${path}/attendance/walk-ins`]: formVerb(
		{
			...atDoor,
			summary: 'Count people whom nobody knows by name',
		},
		WalkInForm,
		walkIn,
	),
	[`DELETE ${path}/attendance/walk-ins`]: plainVerb(
		{ ...atDoor, summary: 'Take the last such count back' },
		dropWalkIn,
	),
	'GET /api/v1/nearby-events': operation({
		...reads,
		rule: 'events.event.see',
		summary: 'Events to come around the person, closest first',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({ id: v.string(), title: v.string(), startsAt: v.string(), ring: v.picklist(rings) }),
			),
		}),
		act: async (viewer) => ({
			items: (await nearby(viewer)).events.map(({ id, title, startsAt, ring }) => ({
				...{ id, title, ring },
				startsAt: startsAt.toISOString(),
			})),
		}),
	}),
	'POST /api/v1/calendar': operation({
		...reads,
		scope: 'events:write',
		summary: 'Make the secret address of one’s own calendar, or a new one; the one before ends',
		status: 201,
		input: NothingForm,
		output: v.object({ path: v.string() }),
		act: async (viewer) => ({ path: `/calendrier/${await makeFeed(viewer)}.ics` }),
	}),
	'DELETE /api/v1/calendar': operation({
		...reads,
		scope: 'events:write',
		summary: 'End one’s own calendar',
		input: NothingForm,
		output: v.object({ ended: v.boolean() }),
		act: async (viewer) => ({ ended: (await endFeed(viewer)) > 0 }),
	}),
};
