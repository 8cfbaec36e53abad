import { mustKnow } from '#domains/friends/index.ts';
import {
	block,
	decisionsAboutMe,
	mute,
	PersonForm,
	setApart,
	unblock,
	unmute,
} from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import { held } from '#ui/held.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('safety.title'),
	apart: held({ ...(await setApart(viewer)), decisions: await decisionsAboutMe(viewer) }),
});

const undone = (action: string, person: string) => ({ action: `/securite?/${action}`, fields: { person } });

export const actions = {
	unblock: form(PersonForm, async (viewer, { person }) => {
		await unblock(viewer, person);
		return { say: 'safety.unblocked', undo: undone('block', person) };
	}),
	unmute: form(PersonForm, async (viewer, { person }) => {
		await unmute(viewer, person);
		return { say: 'safety.unmuted', undo: undone('mute', person) };
	}),
	block: form(PersonForm, async (viewer, { person }) => {
		await mustKnow(viewer, person);
		await block(viewer, person);
		return { say: 'safety.block_done' };
	}),
	mute: form(PersonForm, async (viewer, { person }) => {
		await mustKnow(viewer, person);
		await mute(viewer, person);
		return { say: 'safety.mute_done' };
	}),
} satisfies Actions;
