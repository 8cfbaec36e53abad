import * as v from 'valibot';
import { formVerb, type Operation, operation } from '#platform/domain.ts';
import { idText } from '#platform/text/typed.ts';
import { agenda, scopes } from './agenda.ts';
import { answer, confirm } from './answer.ts';
import { cancel, change } from './change.ts';
import { create } from './create.ts';
import { homeEvents } from './home.ts';
import { AnswerForm, CancelForm, ChangeForm, CreateForm } from './input.ts';
import { inviteGroup, invitePerson, inviteUnit } from './invite.ts';
import { showEvent } from './show.ts';

const seen = { gate: 'network', rule: 'events.event.see', scope: 'events:read' } as const;
const writes = { gate: 'network', scope: 'events:write' } as const;

const card = v.object({
	id: v.string(),
	title: v.string(),
	unit: v.nullable(
		v.object({ id: v.string(), name: v.string(), slug: v.string(), depth: v.number(), levels: v.number() }),
	),
	group: v.nullable(v.object({ id: v.string(), name: v.string() })),
	startsAt: v.string(),
	endsAt: v.string(),
	timeZone: v.string(),
	placeName: v.string(),
	commune: v.nullable(v.string()),
	isOnline: v.boolean(),
	cancelledAt: v.nullable(v.string()),
	cancelReason: v.string(),
	capacity: v.nullable(v.number()),
	coming: v.number(),
	waiting: v.number(),
	answer: v.nullable(v.string()),
});
const someone = v.object({ id: v.string(), name: v.string() });
const whole = v.object({
	...card.entries,
	text: v.string(),
	address: v.string(),
	access: v.string(),
	visibility: v.string(),
	guestsAllowed: v.number(),
	maybe: v.number(),
	sequence: v.number(),
	seriesId: v.nullable(v.string()),
	onlineUrl: v.nullable(v.string()),
	shifts: v.array(
		v.object({ id: v.string(), name: v.string(), needed: v.number(), taken: v.number(), mine: v.boolean() }),
	),
});
const done = v.object({ id: v.string() });

export const api: Record<string, Operation> = {
	'GET /api/v1/events': operation({
		...seen,
		summary: 'Events to come that the person sees, soonest first',
		input: v.object({
			scope: v.optional(v.picklist(scopes, 'app.invalid_value')),
			cursor: v.optional(v.pipe(v.string(), v.maxLength(80, 'app.invalid_value'))),
		}),
		output: v.object({ items: v.array(card), next: v.nullable(v.string()) }),
		act: async (viewer, { scope, cursor }) => {
			const { events: items, next } = await agenda(viewer, { scope: scope ?? 'all', after: cursor ?? '' });
			return { items, next };
		},
	}),
	'GET /api/v1/events/next': operation({
		...seen,
		rule: 'events.event.answer',
		summary: 'What the home says of events: the next ones, and the soonest that waits for an answer',
		input: v.object({}),
		output: v.object({
			asked: v.nullable(v.object({ ...card.entries, people: v.array(someone) })),
			next: v.array(card),
		}),
		act: (viewer) => homeEvents(viewer),
	}),
	'POST /api/v1/events': operation({
		...writes,
		rule: 'events.host.see',
		audit: true,
		summary: 'Plan an event, which may come back',
		status: 201,
		input: v.strictObject(CreateForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await create(viewer, input) }),
	}),
	'GET /api/v1/events/[id]': operation({
		...seen,
		gate: 'anyone',
		summary: 'One event',
		input: v.object({}),
		output: whole,
		act: (viewer, _input, params) => showEvent(viewer, params.id!),
	}),
	'PATCH /api/v1/events/[id]': formVerb(
		{
			...writes,
			rule: 'events.event.change',
			audit: true,
			summary: 'Change an event; who answered is told when the hours or the place move',
		},
		ChangeForm,
		change,
	),
	'POST /api/v1/events/[id]/cancel': formVerb(
		{
			...writes,
			rule: 'events.event.cancel',
			audit: true,
			summary: 'Call an event off; who answered is told why',
		},
		CancelForm,
		cancel,
	),
	'PUT /api/v1/events/[id]/answer': operation({
		...writes,
		rule: 'events.event.answer',
		summary: 'Say coming, maybe or no; gives a seat, or a place among those who wait',
		input: v.strictObject(AnswerForm.entries),
		output: v.object({ answer: v.string() }),
		act: async (viewer, input, params) => ({ answer: await answer(viewer, params.id!, input) }),
	}),
	'PUT /api/v1/events/[id]/answer/confirmation': operation({
		...writes,
		rule: 'events.event.answer',
		summary: 'Say again, the day before, that one comes; `confirmed` is false for who has no seat',
		input: v.object({}),
		output: v.object({ confirmed: v.boolean() }),
		act: async (viewer, _input, params) => ({ confirmed: await confirm(viewer, params.id!) }),
	}),
	'POST /api/v1/events/[id]/invitations': operation({
		...writes,
		rule: 'events.event.invite',
		audit: true,
		summary:
			'Invite one person, or a unit with all those below; with neither, the people of the group that organises',
		status: 201,
		input: v.strictObject({ unit: v.optional(idText), person: v.optional(idText) }),
		output: done,
		act: async (viewer, { unit, person }, params) => {
			const id = params.id!;
			if (person) await invitePerson(viewer, id, person);
			if (unit) await inviteUnit(viewer, id, unit);
			if (!person && !unit) await inviteGroup(viewer, id);
			return { id: params.id! };
		},
	}),
};
