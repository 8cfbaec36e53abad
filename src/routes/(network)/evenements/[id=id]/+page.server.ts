import { reportOf, showEvent } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, house }, params }) => {
	const event = await showEvent(viewer, params.id);
	const report = await reportOf(viewer, params.id);
	return { title: event.title, event, report, houseZone: house.timeZone };
};

export { actions } from './acts.ts';
