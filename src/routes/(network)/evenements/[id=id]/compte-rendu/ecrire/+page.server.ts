import * as events from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => ({
	title: words.say('events.report_title'),
	report: await events.toWrite(viewer, params.id),
});

const write = (publish: boolean) =>
	form(
		events.ReportForm,
		async (viewer, input, { params }) => {
			await events.saveReport(viewer, params.id!, input, publish);
			const done = { draftDone: `${viewer.id}:report-${params.id}` };
			if (!publish) return { ...done, say: 'events.report_kept' };
			return { ...done, to: `/evenements/${params.id}/compte-rendu`, say: 'events.report_published' };
		},
		{ keepsFiles: true },
	);

export const actions = {
	save: write(false),
	publish: write(true),
	withdraw: form(events.TurnForm, async (viewer, _, { params }) => {
		await events.withdrawReport(viewer, params.id!);
		return { say: 'events.report_withdrawn' };
	}),
	dropPicture: form(events.PictureForm, async (viewer, input, { params }) => {
		await events.dropPicture(viewer, params.id!, input);
		return { say: 'events.report_dropped' };
	}),
} satisfies Actions;
