import { attendanceSheet } from '#domains/events/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('events.print_sheet'),
	...(await attendanceSheet(viewer, params.id)),
});
