import { redirect } from '@sveltejs/kit';
import { houseRules, kindNamed, ReportOfForm, reported, reportSeen } from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const kind = kindNamed(url.searchParams.get('kind') ?? undefined);
	const id = url.searchParams.get('id');
	if (!isId(id)) throw notFound();
	const what = await reported(viewer, kind, id);
	// A message is reported from its conversation, where one chooses what to show.
	if (kind === 'message') redirect(303, `${what.back}/signaler?message=${id}`);
	return { title: words.say('safety.report'), what, rules: [...houseRules] };
};

export const actions = {
	report: form(ReportOfForm, async (viewer, input) => ({
		to: await reportSeen(viewer, input),
		say: 'safety.report_done',
	})),
} satisfies Actions;
