import * as v from 'valibot';
import { opening, waitsForFactor } from '#domains/admin/index.ts';
import { homeEvents } from '#domains/events/index.ts';
import { home, thank, unthank, VoteForm, vote } from '#domains/feed/index.ts';
import { openMission } from '#domains/missions/index.ts';
import { homeAside } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import { idText } from '#platform/text/typed.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const view = url.searchParams.get('vue') ?? '';
	const before = url.searchParams.get('avant');
	// Awaited together: when both fail, neither failure is left unheard, which would end the program.
	const { viewer } = locals;
	const keeps = viewer.apps.includes('admin');
	const [aside, events, mission, feed, house, needsFactor] = await Promise.all([
		homeAside(viewer),
		homeEvents(viewer, url.searchParams.get('reponse')),
		openMission(viewer),
		home(viewer, view, isId(before) ? before : null),
		// A house just founded is empty, and who founded it reads where to start.
		keeps ? opening(viewer) : null,
		keeps && waitsForFactor(viewer),
	]);
	return {
		title: locals.words.say('feed.home'),
		feed,
		isHouseEmpty: house !== null,
		needsFactor,
		aside: { ...aside, events: events.next, mission },
		// One question, on the page that one opens.
		asked: view || before ? null : events.asked,
		view,
		before: isId(before) ? before : null,
	};
};

/** Back to the card that was touched, filters kept. */
const backTo = (url: URL, id: string) => {
	const kept = [...url.searchParams].filter(([name]) => !name.startsWith('/'));
	return `/fil${kept.length ? `?${new URLSearchParams(kept)}` : ''}#p-${id}`;
};

const onPost = { id: idText };

export const actions: Actions = {
	vote: form(v.object({ ...onPost, ...VoteForm.entries }), async (viewer, { id, choices }, { url }) => {
		await vote(viewer, id, { choices });
		return { to: backTo(url, id), say: 'feed.voted' };
	}),
	thank: form(v.object({ ...onPost, on: v.picklist(['0', '1']) }), async (viewer, { id, on }, { url }) => {
		await (on === '1' ? thank : unthank)(viewer, 'post', id);
		return { to: backTo(url, id) };
	}),
};
