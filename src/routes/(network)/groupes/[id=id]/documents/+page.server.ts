import { documentsOf, PinForm, pin, unpin } from '#domains/feed/index.ts';
import { showGroup } from '#domains/groups/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, params, url }) => {
	const q = url.searchParams.get('q')?.slice(0, 100).trim() ?? '';
	return {
		title: words.say('feed.documents'),
		group: await showGroup(viewer, params.id),
		list: await documentsOf(viewer, params.id, { q, from: url.searchParams.get('suite') }),
		q,
	};
};

export const actions = {
	pin: form(PinForm, async (viewer, { file }, { params }) => {
		await pin(viewer, params.id!, file);
		return { say: 'feed.pinned' };
	}),
	unpin: form(PinForm, async (viewer, { file }, { params }) => {
		await unpin(viewer, params.id!, file);
		return { say: 'feed.unpinned' };
	}),
} satisfies Actions;
