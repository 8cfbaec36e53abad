import { showReport } from '#domains/events/index.ts';
import { notFound } from '#platform/errors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const report = await showReport(viewer, params.id);
	// Begun, it is read where it is written.
	if (!report.published_at) throw notFound();
	return { title: words.say('events.report_of', { title: report.title }), report };
};
