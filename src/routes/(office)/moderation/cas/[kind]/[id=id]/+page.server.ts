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
import { judged } from '../../../judged.ts';
import type { Actions, PageServerLoad } from './$types';

async function read(viewer: Viewer, { kind: name, id }: Partial<Record<string, string>>) {
	const kind = subjectKinds.find((one) => one === name);
	if (!kind) throw notFound();
	return { kind, subjectId: id!, content: await judged(viewer, kind, id!) };
}

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const { kind, subjectId, content } = await read(viewer, params);
	if (!content) throw notFound();
	const about = await caseOf(viewer, kind, subjectId);
	return {
		title: words.say('safety.decision'),
		page: { ...content, about, rules: houseRules, days: suspensionDays },
	};
};

export const actions = {
	decide: form(DecideForm, async (viewer, input, { params }) => {
		const { content, ...about } = await read(viewer, params);
		// Hidden by the first of two clicks, the words are gone for the second: it gets the first one's answer.
		await decide(viewer, { ...about, words: content?.kept ?? content?.words ?? null }, input);
		return { to: '/moderation', say: 'safety.decide_done' };
	}),
} satisfies Actions;
