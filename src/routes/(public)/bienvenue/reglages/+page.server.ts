import { chooseRhythm, displayOf, keepDisplay, RhythmForm } from '#domains/people/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('people.rhythm_title'),
	frame: { title: words.say('people.my_settings'), backHref: '/bienvenue/section' },
	display: await displayOf(viewer),
});

export const actions = {
	default: form(RhythmForm, async (viewer, input, { cookies, url }) => {
		await chooseRhythm(viewer, input);
		keepDisplay(cookies, url, { text_size: Number(input.text_size) });
		return { to: '/fil' };
	}),
} satisfies Actions;
