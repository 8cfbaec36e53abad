import * as v from 'valibot';
import { followLink, invitationOf, showLink } from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, getClientAddress }) => {
	const lead = await showLink(viewer, params.code, getClientAddress());
	return {
		title: words.say('groups.link_page'),
		frame: { coverSeed: lead.groupId },
		lead,
		isHere: isActive(viewer),
		next: {
			signUp: `/bienvenue?invitation=${invitationOf(params.code)}`,
			signIn: `/connexion?next=${encodeURIComponent(`/rejoindre/${params.code}`)}`,
		},
	};
};

export const actions = {
	follow: form(v.object({}), async (viewer, _, { params, getClientAddress }) => {
		const { groupId, became } = await followLink(viewer, params.code!, getClientAddress());
		return became === 'member'
			? { to: `/groupes/${groupId}`, say: 'groups.joined' }
			: { to: `/rejoindre/${params.code}`, say: 'groups.asked' };
	}),
} satisfies Actions;
