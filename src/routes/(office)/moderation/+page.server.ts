import * as v from 'valibot';
import { appealsToHear, queue, subjectKinds, take } from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import { idText } from '#platform/text/typed.ts';
import type { Actions, PageServerLoad } from './$types';
import { judged } from './judged.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const found = await queue(viewer);
	const seen = await Promise.all(found.map((one) => judged(viewer, one.kind, one.subjectId)));
	const cases = found.filter((_, at) => seen[at] !== null);
	return {
		title: words.say('safety.moderation'),
		queue: { cases, appeals: await appealsToHear(viewer) },
	};
};

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
