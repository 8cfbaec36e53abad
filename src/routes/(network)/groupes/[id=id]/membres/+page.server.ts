import { hasMet } from '#domains/friends/index.ts';
import * as groups from '#domains/groups/index.ts';
import { search } from '#domains/search/index.ts';
import { type Done, form } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const group = await groups.showGroup(viewer, params.id);
	const q = url.searchParams.get('qui')?.slice(0, 100).trim() ?? '';
	return {
		title: words.say('groups.members_title', { name: group.name }),
		group,
		people: await groups.peopleOf(viewer, params.id, url.searchParams.get('suite')),
		q,
		found: group.may.invite && q ? (await search(viewer, q, 'people')).people.slice(0, 12) : [],
	};
};

type Act = (viewer: Viewer, id: string, person: string) => Promise<unknown>;

/** A small form about one person of the group, and the sentence when it is done. */
const about = (act: Act, say: string, undo?: string) =>
	form(groups.PersonForm, async (viewer, { person }, { params }): Promise<Done> => {
		await act(viewer, params.id!, person);
		const to = `/groupes/${params.id}/membres`;
		return { to, say, ...(undo && { undo: { action: `${to}?/${undo}`, fields: { person } } }) };
	});

export const actions: Actions = {
	admit: about(groups.admit, 'groups.admitted'),
	refuse: about(groups.refuse, 'groups.refused', 'reconsider'),
	reconsider: about(groups.reconsider, 'groups.reconsidered'),
	uninvite: about(groups.uninvite, 'groups.uninvited'),
	readmit: about(groups.readmit, 'groups.readmitted'),
	invite: about(
		async (viewer, id, person) => groups.invite(viewer, id, { person }, await hasMet(viewer, person)),
		'groups.invited',
		'uninvite',
	),
	exclude: form(groups.ExcludeForm, async (viewer, input, { params }) => {
		await groups.exclude(viewer, params.id!, input);
		return { say: 'groups.exclude_done' };
	}),
	succeed: form(groups.SuccessorForm, async (viewer, input, { params }) => {
		await groups.nameSuccessor(viewer, params.id!, input);
		return { say: 'groups.successor_saved' };
	}),
	handOver: form(groups.SuccessorForm, async (viewer, _, { params }) => {
		await groups.handOver(viewer, params.id!);
		return { to: `/groupes/${params.id}`, say: 'groups.handed_over' };
	}),
};
