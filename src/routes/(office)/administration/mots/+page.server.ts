import {
	BaseForm,
	chooseBase,
	editVoice,
	organisation,
	previewBase,
	previewVoice,
	VoiceForm,
} from '#domains/admin/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => {
	const { value, versions } = await organisation(viewer);
	const { address, inclusive, language, base, lexicon } = house;
	return {
		title: words.say('admin.words'),
		versions,
		voice: { address, inclusive, language },
		base,
		lexicon,
		own: Object.keys(value.lexicon ?? {}),
	};
};

export const actions = {
	previewVoice: shown(VoiceForm, async (viewer, input) => ({
		values: input,
		voice: await previewVoice(viewer, input),
	})),
	voice: form(VoiceForm, async (viewer, input) => {
		await editVoice(viewer, input);
		return { say: 'admin.voice_done' };
	}),
	previewBase: shown(BaseForm, async (viewer, input) => ({
		values: input,
		base: await previewBase(viewer, input),
	})),
	base: form(BaseForm, async (viewer, input) => {
		await chooseBase(viewer, input);
		return { say: 'admin.words_done' };
	}),
} satisfies Actions;
