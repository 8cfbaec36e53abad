import {
	CreateForm,
	create,
	hostAt,
	hostsOf,
	organisersNear,
	planningGroups,
	planningIn,
} from '#domains/events/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const asked = url.searchParams.get('unite');
	const from = url.searchParams.get('groupe');
	const group = isId(from) ? await planningIn(viewer, from) : null;
	const own = await hostsOf(viewer);
	const other = isId(asked) && !own.some(({ id }) => id === asked) ? await hostAt(viewer, asked) : undefined;
	const hosts = other ? [other, ...own] : own;
	const mayAsk = !hosts.length && !group;
	return {
		title: words.say(group ? 'events.new_in_group' : 'events.new'),
		hosts,
		group,
		unit: hosts.find(({ id }) => id === asked)?.id ?? null,
		organisers: mayAsk ? await organisersNear(viewer) : [],
		groups: mayAsk ? await planningGroups(viewer) : [],
		needsFactor: viewer.officer && !viewer.secondFactor,
	};
};

export const actions = {
	create: form(CreateForm, async (viewer, input) => {
		const id = await create(viewer, input);
		return {
			to: `/evenements/${id}/inviter`,
			say: 'events.created',
			draftDone: `${viewer.id}:event${input.group && `:${input.group}`}`,
		};
	}),
} satisfies Actions;
