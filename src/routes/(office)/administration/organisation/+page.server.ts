import {
	ClockForm,
	clocks,
	editClock,
	editName,
	editWays,
	NameForm,
	oidcService,
	organisation,
	WaysForm,
} from '#domains/admin/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => {
	const [{ versions }, { service }] = await Promise.all([organisation(viewer), oidcService(viewer)]);
	return {
		title: words.say('admin.organisation'),
		versions,
		name: house.name,
		signUp: house.signUp,
		rhythm: house.rhythm,
		timeZone: house.timeZone,
		clocks,
		beforeAccount: house.digestBeforeAccount,
		service: service?.label ?? null,
	};
};

export const actions = {
	name: form(NameForm, async (viewer, input) => {
		await editName(viewer, input);
		return { say: 'admin.name_done' };
	}),
	ways: form(WaysForm, async (viewer, input) => {
		await editWays(viewer, input);
		return { say: 'admin.ways_done' };
	}),
	clock: form(ClockForm, async (viewer, input) => {
		await editClock(viewer, input);
		return { say: 'admin.clock_done' };
	}),
} satisfies Actions;
