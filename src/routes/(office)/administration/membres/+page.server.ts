import { keptTypes, OrderForm, orderType, placeType, StateForm } from '#domains/admin/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('admin.types'),
	types: await keptTypes(viewer),
});

export const actions = {
	state: form(StateForm, async (viewer, input) => {
		await placeType(viewer, input);
		return { say: 'admin.types_done' };
	}),
	move: form(OrderForm, async (viewer, input) => {
		await orderType(viewer, input);
		return {};
	}),
} satisfies Actions;
