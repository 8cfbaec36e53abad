import { sheetSaid, TurnForm, tallySheet, turnTally } from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params: { id } }) => {
	const sheet = sheetSaid(words, await tallySheet(viewer, id));
	return { title: sheet.title, sheet };
};

export const actions = {
	turn: form(TurnForm, async (viewer, { turn }, { params }) => {
		await turnTally(viewer, params.id!, turn);
		return { say: `electoral-map.turn_${turn}_note` };
	}),
} satisfies Actions;
