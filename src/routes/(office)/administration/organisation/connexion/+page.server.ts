import { editOidc, OidcForm, oidcService, RemoveOidcForm, removeOidc } from '#domains/admin/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house } }) => ({
	title: words.say('admin.oidc'),
	...(await oidcService(viewer)),
	back: `${house.origin}/connexion/oidc/retour`,
});

export const actions = {
	save: form(OidcForm, async (viewer, input) => {
		await editOidc(viewer, input);
		return { to: '/administration/organisation', say: 'admin.oidc_done' };
	}),
	remove: form(RemoveOidcForm, async (viewer, input) => {
		await removeOidc(viewer, input);
		return { to: '/administration/organisation', say: 'admin.oidc_removed' };
	}),
} satisfies Actions;
