import { listMembers, partAsked, showUnit } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';
import * as acts from './acts.ts';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const unit = await showUnit(viewer, params.id);
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
	const only = partAsked(url.searchParams);
	const page = await listMembers(viewer, params.id, { q, only, cursor: url.searchParams.get('suite') });
	return { title: words.say('territory.member_title', { unit: unit.name }), unit, page, q, only };
};

export const actions = {
	welcome: acts.welcome,
	unwelcome: acts.unwelcome,
	confirm: acts.confirm,
	unconfirm: acts.unconfirm,
};
