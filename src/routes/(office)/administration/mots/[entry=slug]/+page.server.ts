import {
	EntryForm,
	editEntry,
	isEntry,
	organisation,
	previewEntry,
	ResetForm,
	resetEntry,
} from '#domains/admin/index.ts';
import { notFound } from '#platform/errors.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

const known = (entry: string) => {
	if (!isEntry(entry)) throw notFound();
	return entry;
};

export const load: PageServerLoad = async ({ locals: { viewer, house, words }, params }) => {
	const entry = known(params.entry);
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
		preview: await previewEntry(viewer, known(params.entry!), input),
	})),
	save: form(EntryForm, async (viewer, input, { params }) => {
		await editEntry(viewer, known(params.entry!), input);
		return { to: '/administration/mots', say: 'admin.words_done' };
	}),
	reset: form(ResetForm, async (viewer, input, { params }) => {
		await resetEntry(viewer, known(params.entry!), input);
		return { to: '/administration/mots', say: 'admin.words_done' };
	}),
} satisfies Actions;
