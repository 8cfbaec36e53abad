import * as own from '#domains/notices/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('notices.settings'),
	settings: await own.settingsOf(viewer),
});

export const actions = {
	choose: form(own.ChoicesForm, async (viewer, input) => {
		await own.choose(viewer, input);
		const { kind, id } = input.scope;
		return { say: 'app.saved', ...(kind !== 'all' && { to: `/avis/reglages#pour-${id}` }) };
	}),
	quiet: form(own.QuietForm, async (viewer, input) => {
		await own.keepQuiet(viewer, input);
		return { say: 'app.saved' };
	}),
	device: form(own.DeviceForm, async (viewer, input) => {
		await own.keepDevice(viewer, input);
		return { say: 'notices.device_kept' };
	}),
	forgetDevice: form(own.ForgetDeviceForm, async (viewer, input) => {
		await own.forgetDevice(viewer, input);
		return { say: 'notices.device_forgotten' };
	}),
} satisfies Actions;
