import { MergeForm, mergeSubject, renameSubject, SubjectForm, subjectKept } from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

const list = '/administration/sujets';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const kept = await subjectKept(viewer, params.id);
	return { title: kept.subject.name[words.language], ...kept };
};

export const actions = {
	rename: form(SubjectForm, async (viewer, input, { params }) => {
		await renameSubject(viewer, params.id!, input);
		return { to: list, say: 'groups.subject_done' };
	}),
	merge: form(MergeForm, async (viewer, { into }, { params }) => {
		await mergeSubject(viewer, params.id!, into);
		const undo = { action: `${list}?/part`, fields: { id: params.id! } };
		return { to: list, say: 'groups.subject_merged', undo };
	}),
} satisfies Actions;
