import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import { AnswerUnitForm, AskUnitForm, answerUnit, askUnit, dropUnit } from '../co-units.ts';
import { askQuestion, dropQuestion, QuestionForm, ReplyForm, reply } from '../questions.ts';
import { addShift, dropShift, leaveShift, ShiftForm, takeShift } from '../shifts.ts';
import { showEvent } from '../show.ts';
import { visitorsOf } from './visitors.ts';

const path = '/api/v1/events/[id]';
const nothing = v.object({});
const done = v.object({ id: v.string() });
const sees = { gate: 'network', scope: 'events:read', rule: 'events.event.see' } as const;
const writes = { gate: 'network', scope: 'events:write' } as const;
const answers = { ...writes, rule: 'events.event.answer' } as const;
const changes = { ...writes, rule: 'events.event.change', audit: true } as const;

type Act = (viewer: Viewer, eventId: string, id: string) => Promise<unknown>;

/** Does something to one row around an event, named by its address: what is no id is no address. */
const on =
	(name: string, act: Act): Operation['act'] =>
	async (viewer, _input, params) => {
		const id = oneOf(params, name);
		await act(viewer, params.id!, id);
		return { id };
	};

function oneOf(params: Record<string, string>, name: string): string {
	const id = params[name]!;
	if (!isId(id)) throw notFound();
	return id;
}

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
	answeredBy: v.nullable(v.string()),
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

const asked = v.object({
	id: v.string(),
	unit: v.object({ id: v.string(), name: v.string() }),
	accepted: v.nullable(v.boolean()),
});

const units: Record<string, Operation> = {
	[`GET ${path}/units`]: operation({
		...sees,
		summary: 'Units that organise too; those only asked, for who organises there or here',
		input: nothing,
		output: v.object({ items: v.array(asked) }),
		act: async (viewer, _, params) => ({
			items: (await showEvent(viewer, params.id!)).coUnits.map(({ id, unitId, name, accepted }) => ({
				...{ id, accepted },
				unit: { id: unitId, name },
			})),
		}),
	}),
	[`POST ${path}/units`]: operation({
		...changes,
		summary: 'Ask another unit to organise too; twice is once',
		status: 201,
		input: v.strictObject(AskUnitForm.entries),
		output: done,
		act: async (viewer, input, params) => {
			await askUnit(viewer, params.id!, input);
			return { id: params.id! };
		},
	}),
	[`PUT ${path}/units/[asked]/answer`]: operation({
		...writes,
		rule: 'events.co_unit.answer',
		audit: true,
		summary: 'Accept or refuse for the unit that was asked',
		input: v.strictObject({ accept: AnswerUnitForm.entries.accept }),
		output: done,
		act: async (viewer, { accept }, params) => {
			const id = oneOf(params, 'asked');
			await answerUnit(viewer, params.id!, { id, accept });
			return { id };
		},
	}),
	[`DELETE ${path}/units/[asked]`]: operation({
		...changes,
		rule: 'events.co_unit.drop',
		summary: 'Take back what was asked of a unit, or leave for a unit that had accepted',
		input: nothing,
		output: done,
		act: on('asked', (viewer, eventId, id) => dropUnit(viewer, eventId, { id })),
	}),
};

const visitors: Record<string, Operation> = {
	[`GET ${path}/visitors`]: operation({
		...sees,
		rule: 'events.event.readAnswers',
		audit: true,
		summary: 'People without account who come: the name they gave, never their address; for who organises',
		input: nothing,
		output: v.object({
			coming: v.number(),
			waiting: v.number(),
			items: v.array(v.object({ id: v.string(), name: v.string(), answer: v.string(), guests: v.number() })),
		}),
		act: (viewer, _, params) => visitorsOf(viewer, params.id!),
	}),
};

/** Verbs of what hangs on an event: shifts, questions, units that organise too, people without account. */
export const aroundApi: Record<string, Operation> = { ...shifts, ...questions, ...units, ...visitors };
