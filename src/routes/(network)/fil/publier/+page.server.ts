import * as v from 'valibot';
import { composer, DraftForm, keepDraft, publishSent } from '#domains/feed/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const group = url.searchParams.get('groupe') ?? '';
	const { draft, ...writing } = await composer(locals.viewer, isId(group) ? group : null);
	const welcome = url.searchParams.has('bienvenue') ? locals.words.say('feed.welcome_text') : '';
	// Words shared from another app come after those that waited: neither is lost.
	const shared = url.searchParams.get('texte')?.slice(0, 5000) ?? '';
	const written = [draft || welcome, shared].filter(Boolean).join('\n\n');
	return { title: locals.words.say('feed.new_post'), ...writing, draft: written, to: `group:${group}` };
};

export const actions: Actions = {
	// The whole form is read by the verb: what was sent is kept even when a field of it has no sense.
	publish: form(v.looseObject({}), async (viewer, sent) => {
		const id = await publishSent(viewer, sent);
		const undo = { action: `/publications/${id}?/undo`, fields: {} };
		return { to: `/fil#p-${id}`, say: 'feed.published', undo, draftDone: `${viewer.id}:feed` };
	}),
	draft: form(v.object({ text: DraftForm.entries.text }), async (viewer, { text }) => {
		await keepDraft(viewer, { place: 'feed', text });
		return { to: '/fil', say: 'feed.draft_kept' };
	}),
};
