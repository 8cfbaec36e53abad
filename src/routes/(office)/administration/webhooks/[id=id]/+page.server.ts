import { EditForm, edit, hookKinds, hookOf } from '#domains/webhooks/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';
import { act, again, away, renewed } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url }) => {
	const shown = await hookOf(viewer, params.id, url.searchParams.get('avant'));
	return { title: shown.hook.name, kinds: hookKinds, ...shown };
};

export const actions = {
	edit: form(EditForm, async (viewer, input, { params }) => {
		await edit(viewer, params.id!, input);
		return { say: 'webhooks.edited' };
	}),
	renew: renewed,
	pause: act('pause'),
	resume: act('resume'),
	test: act('test'),
	replay: again,
	remove: away,
} satisfies Actions;
