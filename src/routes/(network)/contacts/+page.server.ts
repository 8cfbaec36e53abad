import * as v from 'valibot';
import {
	AskForm,
	accept,
	ask,
	friendsOf,
	PersonForm,
	RequestForm,
	RestoreForm,
	reconsider,
	refuse,
	remove,
	requestsFrom,
	requestsTo,
	restore,
	suggestions,
	withdraw,
} from '#domains/friends/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const after = url.searchParams.get('apres')?.slice(0, 200) ?? '';
	const [friends, received, sent, suggested] = await Promise.all([
		friendsOf(viewer, after),
		requestsTo(viewer),
		requestsFrom(viewer),
		suggestions(viewer),
	]);
	return { title: words.say('friends.title'), circle: { ...friends, received, sent, suggested } };
};

/** From a person's page, the answer goes back there. */
const From = { back: v.optional(v.string()) };
const to = (back: string | undefined) => (back && isId(back) ? `/personnes/${back}` : '/contacts');

export const actions = {
	ask: form(v.object({ ...AskForm.entries, ...From }), async (viewer, { back, ...input }) => ({
		to: to(back),
		say: (await ask(viewer, input)) === 'friends' ? 'friends.accepted' : 'friends.asked',
	})),
	accept: form(v.object({ ...RequestForm.entries, ...From }), async (viewer, { back, request }) => {
		await accept(viewer, { request });
		return { to: to(back), say: 'friends.accepted' };
	}),
	refuse: form(v.object({ ...RequestForm.entries, ...From }), async (viewer, { request }) => {
		await refuse(viewer, { request });
		return {
			to: '/contacts',
			say: 'friends.refused',
			undo: { action: '/contacts?/reconsider', fields: { request } },
		};
	}),
	reconsider: form(RequestForm, async (viewer, input) => {
		await reconsider(viewer, input);
		return { say: 'friends.reconsidered' };
	}),
	withdraw: form(v.object({ ...RequestForm.entries, ...From }), async (viewer, { back, request }) => {
		await withdraw(viewer, { request });
		return { to: to(back), say: 'friends.withdrawn' };
	}),
	remove: form(v.object({ ...PersonForm.entries, ...From }), async (viewer, { person }) => {
		const ticket = await remove(viewer, { person });
		return {
			to: '/contacts',
			say: 'friends.removed',
			undo: { action: '/contacts?/restore', fields: { ticket } },
		};
	}),
	restore: form(RestoreForm, async (viewer, input) => ({
		to: `/personnes/${await restore(viewer, input)}`,
		say: 'friends.restored',
	})),
} satisfies Actions;
