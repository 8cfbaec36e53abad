import * as v from 'valibot';
import { petition } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { words }, params }) => ({
	title: words.say('missions.confirm_title'),
	one: await petition.signatureAt(params.token),
});

export const actions = {
	confirm: form(v.object({}), async (_viewer, _input, { params }) => ({
		to: `/petitions/${await petition.confirm(params.token!)}`,
		say: 'missions.petition_thanks',
	})),
	retract: form(v.object({}), async (_viewer, _input, { params }) => ({
		to: `/petitions/${await petition.retract(params.token!)}`,
		say: 'missions.confirm_retracted',
	})),
} satisfies Actions;
