import { CreateForm, create, hostAt, hostsOf, organisersNear } from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const asked = url.searchParams.get('unite');
	const own = await hostsOf(viewer);
	const other = isId(asked) && !own.some(({ id }) => id === asked) ? await hostAt(viewer, asked) : undefined;
	const hosts = other ? [other, ...own] : own;
	return {
		title: words.say('events.new'),
		hosts,
		unit: hosts.find(({ id }) => id === asked)?.id ?? null,
		organisers: hosts.length ? [] : await organisersNear(viewer),
		needsFactor: viewer.officer && !viewer.secondFactor,
	};
};

export const actions = {
	create: form(CreateForm, async (viewer, input) => {
		const id = await create(viewer, input);
		return { to: `/evenements/${id}/inviter`, say: 'events.created', draftDone: `${viewer.id}:event` };
	}),
} satisfies Actions;
