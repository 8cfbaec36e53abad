import { ShowForm, showable, showToModerators } from '#domains/messages/index.ts';
import { houseRules } from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const id = url.searchParams.get('message');
	if (!isId(id)) throw notFound();
	const what = await showable(viewer, params.id, id);
	return {
		title: words.say('messages.report'),
		what: { ...what, id, back: `/messages/${params.id}` },
		rules: [...houseRules],
	};
};

export const actions = {
	report: form(ShowForm, async (viewer, input, { params }) => {
		await showToModerators(viewer, params.id!, input);
		return { to: `/messages/${params.id}`, say: 'safety.report_done' };
	}),
} satisfies Actions;
