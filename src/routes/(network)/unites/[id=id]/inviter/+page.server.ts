import * as v from 'valibot';
import {
	createInvitation,
	myInvitations,
	RevokeInvitationForm,
	revokeInvitation,
	showUnit,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words, house }, params }) => {
	const invitations = await myInvitations(viewer, params.id);
	const unit = await showUnit(viewer, params.id);
	return { title: words.say('territory.invite_page'), unit, invitations, origin: house.origin };
};

export const actions = {
	create: form(v.object({}), async (viewer, _, { params }) => {
		await createInvitation(viewer, params.id!);
		return { say: 'territory.invite_created' };
	}),
	revoke: form(RevokeInvitationForm, async (viewer, { invitation }) => {
		await revokeInvitation(viewer, invitation);
		return { say: 'territory.invite_revoked' };
	}),
};
