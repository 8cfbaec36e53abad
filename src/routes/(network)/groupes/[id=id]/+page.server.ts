import * as v from 'valibot';
import { nextOfGroup } from '#domains/events/index.ts';
import {
	ByMailForm,
	byMail,
	changeAddress,
	chooseMails,
	inGroup,
	pinnedIn,
	thank,
	unthank,
	VoteForm,
	vote,
} from '#domains/feed/index.ts';
import * as groups from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params, url }) => {
	const asked = url.searchParams.get('avant');
	const before = isId(asked) ? asked : null;
	const group = await groups.showGroup(viewer, params.id);
	return {
		title: group.name,
		group,
		said: await inGroup(viewer, params.id, before),
		pinned: await pinnedIn(viewer, params.id),
		events: await nextOfGroup(viewer, params.id),
		list: await byMail(viewer, params.id),
		before,
	};
};

/** A small form about the group itself, and the sentence when it is done. */
const done = (act: (viewer: Viewer, id: string) => Promise<unknown>, say: string) =>
	form(v.object({}), async (viewer, _, { params }) => {
		await act(viewer, params.id!);
		return { to: `/groupes/${params.id}`, say };
	});
const at = (group: string | undefined, post: string) => `/groupes/${group}#p-${post}`;

export const actions: Actions = {
	join: done(groups.join, 'groups.joined'),
	accept: done(groups.accept, 'groups.joined'),
	withdraw: done(groups.withdraw, 'groups.withdrawn'),
	revive: done(groups.revive, 'groups.revived'),
	decline: form(v.object({}), async (viewer, _, { params }) => {
		await groups.decline(viewer, params.id!);
		return { to: '/groupes', say: 'groups.declined' };
	}),
	leave: form(v.object({}), async (viewer, _, { params }) => {
		await groups.leave(viewer, params.id!);
		return { to: '/groupes', say: 'groups.left' };
	}),
	ask: form(groups.AskForm, async (viewer, input, { params }) => {
		const became = await groups.ask(viewer, params.id!, input);
		return { to: `/groupes/${params.id}`, say: became === 'member' ? 'groups.joined' : 'groups.asked' };
	}),
	thank: form(
		v.object({ id: idText, on: v.picklist(['0', '1']) }),
		async (viewer, { id, on }, { params }) => {
			await (on === '1' ? thank : unthank)(viewer, 'post', id);
			return { to: at(params.id, id) };
		},
	),
	byMail: form(ByMailForm, async (viewer, { mails }, { params }) => {
		await chooseMails(viewer, params.id!, mails === 'on');
		return { to: `/groupes/${params.id}#par-mail`, say: mails === 'on' ? 'feed.list_on' : 'feed.list_off' };
	}),
	newAddress: form(v.object({}), async (viewer, _, { params }) => {
		await changeAddress(viewer, params.id!);
		return { to: `/groupes/${params.id}#par-mail`, say: 'feed.list_address_changed' };
	}),
	vote: form(v.object({ id: idText, ...VoteForm.entries }), async (viewer, { id, choices }, { params }) => {
		await vote(viewer, id, { choices });
		return { to: at(params.id, id), say: 'feed.voted' };
	}),
};
