import { chosenFrom, StartForm, start, suggested } from '#domains/messages/index.ts';
import { findPeople } from '#domains/profiles/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const typed = url.searchParams.get('q')?.trim().slice(0, 100) ?? '';
	const chosen = await chosenFrom(viewer, url.searchParams.getAll('avec'));
	// A name picked by the script is chosen already: it is not looked for again.
	const isPicked = chosen.some(({ name }) => name === typed);
	const isChosen = new Set([viewer.id, ...chosen.map(({ id }) => id)]);
	const found = typed && !isPicked ? await findPeople(viewer, typed) : [];
	return {
		title: words.say('messages.new'),
		chosen,
		found: found.filter(({ id }) => !isChosen.has(id)),
		typed: isPicked ? '' : typed,
		near: typed || chosen.length ? [] : await suggested(viewer),
	};
};

export const actions = {
	start: form(
		StartForm,
		async (viewer, input) => ({
			to: `/messages/${await start(viewer, input)}#ecrire`,
			say: 'messages.sent_note',
			draftDone: `${viewer.id}:messages:new`,
		}),
		{ keepsFiles: true },
	),
} satisfies Actions;
