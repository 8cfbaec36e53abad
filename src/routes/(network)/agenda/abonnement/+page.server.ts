import { endFeed, makeFeed, mySubscriptions, NothingForm } from '#domains/events/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => ({
	title: words.say('events.calendar_title'),
	...(await mySubscriptions(viewer)),
	origin: house.origin,
});

export const actions = {
	// The secret is in the answer itself, once: no redirect.
	make: shown(NothingForm, async (viewer) => ({ secret: await makeFeed(viewer) })),
	end: form(NothingForm, async (viewer) => {
		await endFeed(viewer);
		return { say: 'events.calendar_ended' };
	}),
} satisfies Actions;
