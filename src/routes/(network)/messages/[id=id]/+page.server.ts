import { markRead, numberIn, peopleToAdd, thread } from '#domains/messages/index.ts';
import { findPeople } from '#domains/profiles/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { accept, add, edit, hush, keep, leave, reconsider, refuse, rejoin, remove, send } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const typed = url.searchParams.get('q')?.trim().slice(0, 100) ?? '';
	await markRead(viewer, params.id);
	const shown = await thread(viewer, params.id, numberIn(url.searchParams.get('avant')));
	const found = typed && shown.may.add ? await findPeople(viewer, typed) : [];
	return {
		title: words.say('messages.thread'),
		thread: shown,
		typed,
		found: peopleToAdd(shown, found),
	};
};

export const actions = {
	send,
	edit,
	remove,
	hush,
	keep,
	add,
	leave,
	rejoin,
	accept,
	refuse,
	reconsider,
} satisfies Actions;
