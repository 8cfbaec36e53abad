import {
	chooseDisplay,
	DisplayForm,
	displayOf,
	keepDisplay,
	keysOf,
	NameForm,
	rename,
	StatusForm,
	setStatus,
} from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [display, { email }] = await Promise.all([displayOf(viewer), keysOf(viewer)]);
	return { title: words.say('people.account'), display, email };
};

export const actions = {
	name: form(NameForm, async (viewer, input) => {
		await rename(viewer, input);
		return { say: 'app.saved' };
	}),
	status: form(StatusForm, async (viewer, input) => {
		await setStatus(viewer, input);
		return { say: input.text ? 'people.status_set' : 'people.status_cleared' };
	}),
	display: form(DisplayForm, async (viewer, input, { cookies, url }) => {
		await chooseDisplay(viewer, input);
		keepDisplay(cookies, url, {
			...input,
			text_size: Number(input.text_size),
			low_data: input.low_data === 'on',
		});
		return { say: 'app.saved' };
	}),
} satisfies Actions;
