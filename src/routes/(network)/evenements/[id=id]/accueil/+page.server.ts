import * as door from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
	const scan = await door.scanned(viewer, params.id, url.searchParams.get('code'));
	return {
		title: words.say('events.door_title'),
		q,
		...scan,
		...(await door.doorList(viewer, params.id, q)),
	};
};

export const actions = {
	tick: form(door.TickForm, async (viewer, input, { params, url }) => {
		await door.tick(viewer, params.id!, input);
		return { to: door.backToDoor(url, input.person) };
	}),
	untick: form(door.UntickForm, async (viewer, input, { params, url }) => {
		await door.untick(viewer, params.id!, input);
		return { to: door.backToDoor(url, input.person), say: 'app.undone' };
	}),
	walkIn: form(door.WalkInForm, (viewer, input, { params, url }) =>
		door.walkInSaid(viewer, params.id!, input, url),
	),
	dropWalkIn: form(door.DropWalkInForm, async (viewer, _, { params }) => {
		await door.dropWalkIn(viewer, params.id!);
		return { say: 'app.undone' };
	}),
	code: form(door.CodeForm, (viewer, input, { params, url }) =>
		door.codeSaid(viewer, params.id!, input, url),
	),
} satisfies Actions;
