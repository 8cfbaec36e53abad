import { askTransfers, movedOn, movedSaid, TransfersForm } from '#domains/electoral-map/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url: { searchParams: asked } }) => {
	const pair = { at: asked.get('ou'), from: asked.get('de'), to: asked.get('vers') };
	return {
		title: words.say('electoral-map.transfers_title'),
		shown: movedSaid(words, await movedOn(viewer, pair)),
	};
};

export const actions = {
	compute: form(TransfersForm, async (viewer, input) => {
		await askTransfers(viewer, input);
		return {};
	}),
} satisfies Actions;
