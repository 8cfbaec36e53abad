import * as v from 'valibot';
import { composer, DraftForm, keepDraft, PublishForm, publish } from '#domains/feed/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { places, draft } = await composer(locals.viewer);
	const welcome = url.searchParams.has('bienvenue') ? locals.words.say('feed.welcome_text') : '';
	return { title: locals.words.say('feed.new_post'), places, draft: draft || welcome };
};

export const actions: Actions = {
	publish: form(PublishForm, async (viewer, input) => {
		const id = await publish(viewer, input);
		const undo = { action: `/publications/${id}?/undo`, fields: {} };
		return { to: `/fil#p-${id}`, say: 'feed.published', undo, draftDone: `${viewer.id}:feed` };
	}),
	draft: form(v.object({ text: DraftForm.entries.text }), async (viewer, { text }) => {
		await keepDraft(viewer, { place: 'feed', text });
		return { to: '/fil', say: 'feed.draft_kept' };
	}),
};
