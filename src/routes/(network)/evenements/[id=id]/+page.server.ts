import type { RequestEvent } from '@sveltejs/kit';
import * as v from 'valibot';
import * as events from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, house }, params }) => {
	const event = await events.showEvent(viewer, params.id);
	const report = await events.reportOf(viewer, params.id);
	return { title: event.title, event, report, houseZone: house.timeZone, passedOn: events.passedOn(event) };
};

/** Answered on the home, one reads one's answer there. */
const AnswerForm = v.object({ ...events.AnswerForm.entries, back: v.optional(v.picklist(['home'])) });

/** So does a question answered among what the week asks. */
const ReplyForm = v.object({ ...events.ReplyForm.entries, back: v.optional(v.picklist(['week'])) });

const idOf = (event: RequestEvent) => event.params.id!;
const at = (event: RequestEvent, anchor: string) => `/evenements/${idOf(event)}#${anchor}`;

export const actions = {
	answer: form(AnswerForm, async (viewer, { back, ...input }, event) => {
		const seat = await events.answer(viewer, idOf(event), input);
		const to = back ? `/fil?reponse=${idOf(event)}#question` : at(event, 'reponse');
		// words: events.answered_*
		return { to, say: `events.answered_${seat}` };
	}),
	confirm: form(v.object({}), async (viewer, _input, event) => {
		await events.confirm(viewer, idOf(event));
		return { to: at(event, 'reponse'), say: 'events.confirmed_done' };
	}),
	takeShift: form(events.OneShift, async (viewer, input, event) => {
		await events.takeShift(viewer, idOf(event), input);
		return { to: at(event, 'coups-de-main'), say: 'events.shift_taken' };
	}),
	leaveShift: form(events.OneShift, async (viewer, input, event) => {
		await events.leaveShift(viewer, idOf(event), input);
		return { to: at(event, 'coups-de-main'), say: 'events.shift_left' };
	}),
	addShift: form(events.ShiftForm, async (viewer, input, event) => {
		await events.addShift(viewer, idOf(event), input);
		return { to: at(event, 'coups-de-main'), say: 'events.shift_added' };
	}),
	dropShift: form(events.OneShift, async (viewer, input, event) => {
		await events.dropShift(viewer, idOf(event), input);
		return { to: at(event, 'coups-de-main'), say: 'events.shift_dropped' };
	}),
	ask: form(events.QuestionForm, async (viewer, input, event) => {
		const id = await events.askQuestion(viewer, idOf(event), input);
		return {
			to: at(event, `q-${id}`),
			say: 'events.asked',
			draftDone: `${viewer.id}:question:${idOf(event)}`,
		};
	}),
	reply: form(ReplyForm, async (viewer, { back, ...input }, event) => {
		await events.reply(viewer, idOf(event), input);
		return { to: back ? '/mes-20-minutes' : at(event, `q-${input.id}`), say: 'events.replied' };
	}),
	dropQuestion: form(events.OneQuestion, async (viewer, input, event) => {
		await events.dropQuestion(viewer, idOf(event), input);
		return { to: at(event, 'questions'), say: 'events.shift_dropped' };
	}),
	answerUnit: form(events.AnswerUnitForm, async (viewer, input, event) => {
		await events.answerUnit(viewer, idOf(event), input);
		// Refused, the event may be no longer theirs to see.
		return { to: input.accept === 'yes' ? at(event, 'qui') : '/agenda', say: 'events.co_answered' };
	}),
};
