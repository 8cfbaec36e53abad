import { create, HookForm, hookKinds, hooksOf, restore, ThingForm } from '#domains/webhooks/index.ts';
import { form, shown } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => ({
	title: words.say('webhooks.title'),
	kinds: hookKinds,
	hooks: await hooksOf(viewer),
});

export const actions = {
	// The secret is in the answer itself, once: no redirect.
	create: shown(HookForm, create),
	restore: form(ThingForm, async (viewer, input) => {
		await restore(viewer, input);
		return { say: 'webhooks.restored' };
	}),
} satisfies Actions;
