import { block, hasMet, mute } from '#domains/friends/index.ts';
import { decisionsAboutMe, PersonForm, setApart, unblock, unmute } from '#domains/safety/index.ts';
import { form } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('safety.title'),
	apart: { ...(await setApart(viewer)), decisions: await decisionsAboutMe(viewer) },
});

/** How to do it again, unless nothing else told of this person. */
const again = async (viewer: Viewer, action: string, person: string) =>
	(await hasMet(viewer, person)) ? { undo: { action: `/securite?/${action}`, fields: { person } } } : {};

export const actions = {
	unblock: form(PersonForm, async (viewer, { person }) => {
		await unblock(viewer, person);
		return { say: 'safety.unblocked', ...(await again(viewer, 'block', person)) };
	}),
	unmute: form(PersonForm, async (viewer, { person }) => {
		await unmute(viewer, person);
		return { say: 'safety.unmuted', ...(await again(viewer, 'mute', person)) };
	}),
	block: form(PersonForm, async (viewer, { person }) => {
		await block(viewer, person);
		return { say: 'safety.block_done' };
	}),
	mute: form(PersonForm, async (viewer, { person }) => {
		await mute(viewer, person);
		return { say: 'safety.mute_done' };
	}),
} satisfies Actions;
