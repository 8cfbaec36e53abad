import * as v from 'valibot';
import { linesOf, notices, pushKey, readAll } from '#domains/notices/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, url }) => {
	const page = await notices(viewer, url.searchParams.get('avant'));
	return {
		title: words.say('notices.title'),
		page: {
			...linesOf(words, page, house.timeZone),
			next: page.next,
			shownAt: new Date().toISOString(),
			pushKey: await pushKey(),
		},
	};
};

const Shown = v.object({ shown_at: v.pipe(v.string(), v.isoTimestamp('app.invalid_value')) });

export const actions = {
	readAll: form(Shown, async (viewer, { shown_at }) => {
		await readAll(viewer, new Date(shown_at));
		return { say: 'notices.all_read' };
	}),
} satisfies Actions;
