import {
	ColourForm,
	editColour,
	editLogo,
	LogoForm,
	organisation,
	previewColour,
	RemoveLogoForm,
	removeLogo,
} from '#domains/admin/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => {
	const { versions } = await organisation(viewer);
	return {
		title: words.say('admin.look'),
		versions,
		colour: house.colour,
		theme: previewColour(house.colour),
	};
};

export const actions = {
	preview: shown(ColourForm, async (_, { colour }) => ({ values: { colour }, theme: previewColour(colour) })),
	colour: form(ColourForm, async (viewer, input) => {
		await editColour(viewer, input);
		return { say: 'admin.colour_done' };
	}),
	logo: form(
		LogoForm,
		async (viewer, input) => {
			await editLogo(viewer, input);
			return { say: 'admin.logo_done' };
		},
		{ keepsFiles: true },
	),
	removeLogo: form(RemoveLogoForm, async (viewer, input) => {
		await removeLogo(viewer, input);
		return { say: 'admin.logo_removed' };
	}),
} satisfies Actions;
