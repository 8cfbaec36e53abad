import {
	EntryForm,
	editEntry,
	entryNamed,
	organisation,
	previewEntry,
	ResetForm,
	resetEntry,
} from '#domains/admin/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, house, words }, params }) => {
	const entry = entryNamed(params);
	const { value, versions } = await organisation(viewer);
	return {
		title: words.say('admin.words'),
		entry,
		forms: house.lexicon[entry]!,
		isOwn: entry in (value.lexicon ?? {}),
		version: versions.words,
	};
};

export const actions = {
	preview: shown(EntryForm, async (viewer, input, { params }) => ({
		values: input,
		preview: await previewEntry(viewer, entryNamed(params), input),
	})),
	save: form(EntryForm, async (viewer, input, { params }) => {
		await editEntry(viewer, entryNamed(params), input);
		return { to: '/administration/mots', say: 'admin.words_done' };
	}),
	reset: form(ResetForm, async (viewer, input, { params }) => {
		await resetEntry(viewer, entryNamed(params), input);
		return { to: '/administration/mots', say: 'admin.words_done' };
	}),
} satisfies Actions;
