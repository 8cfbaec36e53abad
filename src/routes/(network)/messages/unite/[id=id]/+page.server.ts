import { LetterForm, letterTo, writeLetter } from '#domains/messages/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params }) => {
	const letter = await letterTo(viewer, params.id);
	return { title: words.say('messages.write_unit', { unit: letter.unit.name }), letter };
};

export const actions = {
	write: form(LetterForm, async (viewer, input, { params }) => {
		await writeLetter(viewer, params.id!, input);
		const draftDone = `${viewer.id}:messages:unit:${params.id}`;
		return { to: `/messages/unite/${params.id}#parties`, say: 'messages.letter_goes', draftDone };
	}),
} satisfies Actions;
