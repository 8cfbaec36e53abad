import { reportOf, showEvent } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';
import { actions as acts } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, house }, params }) => {
	const event = await showEvent(viewer, params.id);
	const report = await reportOf(viewer, params.id);
	return { title: event.title, event, report, houseZone: house.timeZone };
};

// One by one: the build reads here which doors there are.
export const actions = {
	answer: acts.answer,
	confirm: acts.confirm,
	takeShift: acts.takeShift,
	leaveShift: acts.leaveShift,
	addShift: acts.addShift,
	dropShift: acts.dropShift,
	ask: acts.ask,
	reply: acts.reply,
	dropQuestion: acts.dropQuestion,
	answerUnit: acts.answerUnit,
};
