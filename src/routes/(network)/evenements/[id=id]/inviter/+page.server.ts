import * as v from 'valibot';
import * as events from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const typed = url.searchParams.get('q')?.slice(0, 100) ?? '';
	return {
		title: words.say('events.invite_title'),
		typed,
		...(await events.inviting(viewer, params.id, typed)),
	};
};

export const actions = {
	inviteUnit: form(events.AskUnitForm, async (viewer, { unit }, { params }) => {
		await events.inviteUnit(viewer, params.id!, unit);
		return { to: `/evenements/${params.id}`, say: 'events.invited_done' };
	}),
	inviteGroup: form(v.object({}), async (viewer, _, { params }) => {
		await events.inviteGroup(viewer, params.id!);
		return { to: `/evenements/${params.id}`, say: 'events.invited_done' };
	}),
	invitePerson: form(events.InvitePersonForm, async (viewer, { person }, { params }) => {
		await events.invitePerson(viewer, params.id!, person);
		return { say: 'events.invited_done' };
	}),
	askUnit: form(events.AskUnitForm, async (viewer, input, { params }) => {
		await events.askUnit(viewer, params.id!, input);
		return { say: 'events.co_asked_done' };
	}),
	dropUnit: form(events.OneCoUnit, async (viewer, input, { params }) => {
		const stays = await events.dropUnit(viewer, params.id!, input);
		return { ...(!stays && { to: '/agenda' }), say: 'events.co_dropped' };
	}),
} satisfies Actions;
