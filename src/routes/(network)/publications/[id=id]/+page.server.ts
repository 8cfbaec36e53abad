import * as v from 'valibot';
import {
	CommentForm,
	comment,
	EditCommentForm,
	editComment,
	goesFar,
	remove,
	removeComment,
	restore,
	restoreComment,
	thank,
	thread,
	undo,
	unthank,
	VoteForm,
	vote,
} from '#domains/feed/index.ts';
import { commentAt } from '#domains/notices/index.ts';
import { form } from '#platform/http/form.ts';
import { idText } from '#platform/text/typed.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const asked = (name: string) => url.searchParams.get(name);
	const shown = await thread(locals.viewer, params.id, { after: asked('apres'), sought: asked('vers') });
	const { as, author, audience, mayAnswer } = shown.card;
	return {
		title: locals.words.say('feed.post_of', { name: as?.name ?? author.name }),
		thread: shown,
		/** Who reads it may pass it on. */
		isPassedOn: mayAnswer && goesFar(audience),
		frame: { wide: true },
	};
};

const idOf = (event: { params: Partial<Record<string, string>> }) => event.params.id!;
const at = (id: string, anchor: string) => `/publications/${id}#${anchor}`;
const Only = v.object({ id: idText });
const Thank = v.object({
	id: idText,
	on: v.picklist(['0', '1']),
	kind: v.optional(v.picklist(['post', 'comment']), 'post'),
});

export const actions: Actions = {
	comment: form(CommentForm, async (viewer, input, event) => {
		const id = await comment(viewer, idOf(event), input);
		return {
			to: commentAt(idOf(event), id),
			say: 'feed.commented',
			draftDone: `${viewer.id}:post:${idOf(event)}`,
		};
	}),
	editComment: form(EditCommentForm, async (viewer, input, event) => {
		await editComment(viewer, input);
		return { to: commentAt(idOf(event), input.id), say: 'feed.comment_edited' };
	}),
	removeComment: form(Only, async (viewer, { id }, event) => {
		await removeComment(viewer, id);
		const undo = { action: `/publications/${idOf(event)}?/restoreComment`, fields: { id } };
		return { to: at(idOf(event), 'commentaires'), say: 'feed.comment_removed', undo };
	}),
	restoreComment: form(Only, async (viewer, { id }, event) => {
		await restoreComment(viewer, id);
		return { to: commentAt(idOf(event), id), say: 'feed.comment_restored' };
	}),
	thank: form(Thank, async (viewer, { id, on, kind }, event) => {
		await (on === '1' ? thank : unthank)(viewer, kind, id);
		return { to: kind === 'post' ? at(idOf(event), `p-${id}`) : commentAt(idOf(event), id) };
	}),
	vote: form(VoteForm, async (viewer, input, event) => {
		await vote(viewer, idOf(event), input);
		return { say: 'feed.voted' };
	}),
	remove: form(v.object({}), async (viewer, _input, event) => {
		await remove(viewer, idOf(event));
		return {
			to: '/fil',
			say: 'feed.post_removed',
			undo: { action: `/publications/${idOf(event)}?/restore`, fields: {} },
		};
	}),
	restore: form(v.object({}), async (viewer, _input, event) => {
		await restore(viewer, idOf(event));
		return { say: 'feed.post_restored' };
	}),
	undo: form(v.object({}), async (viewer, _input, event) => {
		await undo(viewer, idOf(event));
		return { to: '/fil/publier', say: 'feed.undone' };
	}),
};
