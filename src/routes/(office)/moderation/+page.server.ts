import * as v from 'valibot';
import { appealsToHear, casesToJudge, subjectKinds, take } from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import { idText } from '#platform/text/typed.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('safety.moderation'),
	queue: { cases: await casesToJudge(viewer), appeals: await appealsToHear(viewer) },
});

const Form = v.object({
	kind: v.picklist(subjectKinds),
	id: idText,
});

export const actions = {
	take: form(Form, async (viewer, { kind, id }) => {
		await take(viewer, kind, id);
		return { to: `/moderation/cas/${kind}/${id}` };
	}),
} satisfies Actions;
