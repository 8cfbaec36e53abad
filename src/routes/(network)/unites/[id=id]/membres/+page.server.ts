import {
	confirmMember,
	listMembers,
	PersonForm,
	partAsked,
	showUnit,
	unwelcome,
	WelcomeForm,
	welcome,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const unit = await showUnit(viewer, params.id);
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
	const only = partAsked(url.searchParams);
	const page = await listMembers(viewer, params.id, { q, only, cursor: url.searchParams.get('suite') });
	return { title: words.say('territory.member_title', { unit: unit.name }), unit, page, q, only };
};

export const actions = {
	welcome: form(WelcomeForm, async (viewer, input, { params }) => {
		await welcome(viewer, params.id!, input);
		const undo = { action: `/unites/${params.id}/membres?/unwelcome`, fields: { person: input.person } };
		return { say: 'territory.member_welcomed', undo };
	}),
	unwelcome: form(PersonForm, async (viewer, input, { params }) => {
		await unwelcome(viewer, params.id!, input);
		return { say: 'app.undone' };
	}),
	confirm: form(PersonForm, async (viewer, input, { params }) => {
		await confirmMember(viewer, params.id!, input);
		return { say: 'territory.member_confirmed' };
	}),
};
