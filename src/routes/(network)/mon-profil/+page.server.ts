import * as v from 'valibot';
import {
	AboutForm,
	ownLines,
	PhotoForm,
	ReachForm,
	removePhoto,
	rowAddress,
	rowKinds,
	saveAbout,
	savePhoto,
	saveReach,
} from '#domains/profiles/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const own = await ownLines(viewer);
	const sections = rowKinds.map((kind) => ({
		kind,
		href: `/mon-profil/${rowAddress[kind]}`,
		count: own.lines.filter((line) => line.kind === kind).length,
	}));
	return { title: words.say('profiles.edit'), own: { ...own, sections } };
};

export const actions = {
	photo: form(
		PhotoForm,
		async (viewer, input) => {
			await savePhoto(viewer, input);
			return { say: 'profiles.photo_saved' };
		},
		{ keepsFiles: true },
	),
	removePhoto: form(v.object({}), async (viewer) => {
		await removePhoto(viewer);
		return { say: 'profiles.photo_removed' };
	}),
	about: form(AboutForm, async (viewer, input) => {
		await saveAbout(viewer, input);
		return { say: 'app.saved', draftDone: `${viewer.id}:about` };
	}),
	reach: form(ReachForm, async (viewer, input) => {
		await saveReach(viewer, input);
		return { say: 'app.saved' };
	}),
} satisfies Actions;
