import {
	caseOf,
	DecideForm,
	decide,
	houseRules,
	subjectKinds,
	suspensionDays,
} from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';
import { held } from '#ui/held.ts';
import { judged } from '../../../judged.ts';
import type { Actions, PageServerLoad } from './$types';

async function read(viewer: Viewer, { kind: name, id }: Partial<Record<string, string>>) {
	const kind = subjectKinds.find((one) => one === name);
	const content = kind && (await judged(viewer, kind, id!));
	if (!kind || !content) throw notFound();
	return { kind, subjectId: id!, ...content };
}

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const content = await read(viewer, params);
	const about = await caseOf(viewer, content.kind, content.subjectId);
	return {
		title: words.say('safety.decision'),
		page: held({ ...content, about, rules: houseRules, days: suspensionDays }),
	};
};

export const actions = {
	decide: form(DecideForm, async (viewer, input, { params }) => {
		await decide(viewer, await read(viewer, params), input);
		return { to: '/moderation', say: 'safety.decide_done' };
	}),
} satisfies Actions;
