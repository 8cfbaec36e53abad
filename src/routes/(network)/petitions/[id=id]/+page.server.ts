import * as v from 'valibot';
import { petition, SignForm, showPetition } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';
import { reopen, settle } from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const one = await showPetition(viewer, params.id);
	return { title: one.title, one, personId: isActive(viewer) ? viewer.id : null };
};

export const actions = {
	sign: form(v.object({}), async (viewer, _input, { params }) => {
		await petition.signAsMember(viewer, params.id!);
		return { say: 'missions.petition_thanks' };
	}),
	unsign: form(v.object({}), async (viewer, _input, { params }) => {
		await petition.unsign(viewer, params.id!);
		return { say: 'missions.petition_unsigned' };
	}),
	visitor: form(SignForm, async (viewer, input, { params, getClientAddress }) => {
		await petition.signAsVisitor(viewer, params.id!, input, getClientAddress());
		return { say: 'missions.sign_sent' };
	}),
	settle,
	reopen,
} satisfies Actions;
