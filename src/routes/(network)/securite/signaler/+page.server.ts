import { redirect } from '@sveltejs/kit';
import * as v from 'valibot';
import { houseRules, ReportForm, report, subjectKinds } from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import { idText } from '#platform/text/typed.ts';
import type { Actions, PageServerLoad } from './$types';
import { reported } from './reported.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const kind = subjectKinds.find((one) => one === url.searchParams.get('kind'));
	const id = url.searchParams.get('id');
	if (!kind || !isId(id)) throw notFound();
	const what = await reported(viewer, kind, id);
	// A message is reported from its conversation, where one chooses what to show.
	if (kind === 'message') redirect(303, `${what.back}/signaler?message=${id}`);
	return { title: words.say('safety.report'), what, rules: [...houseRules] };
};

const Form = v.object({
	...ReportForm.entries,
	kind: v.picklist(subjectKinds),
	id: idText,
});

export const actions = {
	report: form(Form, async (viewer, { kind, id, ...input }) => {
		if (kind === 'message') throw notFound();
		const what = await reported(viewer, kind, id);
		await report(viewer, what.subject, input);
		return { to: what.back, say: 'safety.report_done' };
	}),
} satisfies Actions;
