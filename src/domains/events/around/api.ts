import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { askQuestion, dropQuestion, QuestionForm, ReplyForm, reply } from '../questions.ts';
import { addShift, dropShift, leaveShift, ShiftForm, takeShift } from '../shifts.ts';
import { showEvent } from '../show.ts';
import { on, oneOf } from './one-of.ts';
import { unitsApi } from './units-api.ts';

const path = '/api/v1/events/[id]';
const nothing = v.object({});
const done = v.object({ id: v.string() });
const sees = { gate: 'network', scope: 'events:read', rule: 'events.event.see' } as const;
const writes = { gate: 'network', scope: 'events:write' } as const;
const answers = { ...writes, rule: 'events.event.answer' } as const;
const changes = { ...writes, rule: 'events.event.change', audit: true } as const;

const shift = v.object({
	id: v.string(),
	name: v.string(),
	startsAt: v.nullable(v.string()),
	endsAt: v.nullable(v.string()),
	needed: v.number(),
	taken: v.number(),
	mine: v.boolean(),
	takers: v.array(v.object({ id: v.string(), name: v.string() })),
});

const shifts: Record<string, Operation> = {
	[`GET ${path}/shifts`]: operation({
		...sees,
		summary: 'Shifts and small tasks of an event, and who took them among those one may know',
		input: nothing,
		output: v.object({ items: v.array(shift) }),
		act: async (viewer, _, params) => ({ items: (await showEvent(viewer, params.id!)).shifts }),
	}),
	[`POST ${path}/shifts`]: operation({
		...changes,
		summary: 'Add a shift (with hours) or a small task (without)',
		status: 201,
		input: v.strictObject(ShiftForm.entries),
		output: done,
		act: async (viewer, input, params) => ({ id: await addShift(viewer, params.id!, input) }),
	}),
	[`DELETE ${path}/shifts/[shift]`]: operation({
		...changes,
		summary: 'Take a shift out of an event',
		input: nothing,
		output: done,
		act: on('shift', (viewer, id, one) => dropShift(viewer, id, { shift: one })),
	}),
	[`PUT ${path}/shifts/[shift]/taker`]: operation({
		...answers,
		summary: 'Take a shift; who takes one comes',
		input: nothing,
		output: done,
		act: on('shift', (viewer, id, one) => takeShift(viewer, id, { shift: one })),
	}),
	[`DELETE ${path}/shifts/[shift]/taker`]: operation({
		...answers,
		summary: 'Give a shift back; one still comes',
		input: nothing,
		output: done,
		act: on('shift', (viewer, id, one) => leaveShift(viewer, id, { shift: one })),
	}),
};

const question = v.object({
	id: v.string(),
	text: v.string(),
	askedAt: v.string(),
	by: v.object({ id: v.string(), name: v.string() }),
	answer: v.nullable(v.string()),
	answeredAt: v.nullable(v.string()),
	answeredBy: v.nullable(v.object({ id: v.string(), name: v.string() })),
});

const questions: Record<string, Operation> = {
	[`GET ${path}/questions`]: operation({
		...sees,
		summary: 'Questions asked about an event: those answered, one’s own, all of them for who organises',
		input: nothing,
		output: v.object({ items: v.array(question) }),
		act: async (viewer, _, params) => ({ items: (await showEvent(viewer, params.id!)).questions }),
	}),
	[`POST ${path}/questions`]: operation({
		...writes,
		rule: 'events.event.ask',
		summary: 'Ask who organises',
		status: 201,
		input: v.strictObject(QuestionForm.entries),
		output: done,
		act: async (viewer, input, params) => ({ id: await askQuestion(viewer, params.id!, input) }),
	}),
	[`PUT ${path}/questions/[question]/answer`]: operation({
		...writes,
		rule: 'events.question.answer',
		summary: 'Answer a question, or correct the answer: whoever sees the event then reads both',
		input: v.strictObject({ reply: ReplyForm.entries.reply }),
		output: done,
		act: async (viewer, { reply: text }, params) => {
			const id = oneOf(params, 'question');
			await reply(viewer, params.id!, { id, reply: text });
			return { id };
		},
	}),
	[`DELETE ${path}/questions/[question]`]: operation({
		...writes,
		rule: 'events.question.remove',
		summary: 'Take a question away, with its answer',
		input: nothing,
		output: done,
		act: on('question', (viewer, eventId, id) => dropQuestion(viewer, eventId, { id })),
	}),
};

/** Verbs of what hangs on an event: shifts, questions, units that organise too, people without account. */
export const aroundApi: Record<string, Operation> = { ...shifts, ...questions, ...unitsApi };
