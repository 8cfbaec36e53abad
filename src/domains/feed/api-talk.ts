import * as v from 'valibot';
import { read } from '#platform/db.ts';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { parse } from '#platform/http/parse.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { done, nothing, words } from './api-shapes.ts';
import { editComment, removeComment, restoreComment } from './comment.ts';
import { draftsOf, keepDraft, place } from './draft.ts';
import { restore, undo } from './remove.ts';
import { thank, unthank } from './thank.ts';
import { vote } from './vote.ts';

const writes = { gate: 'network', scope: 'feed:write' } as const;

const plain = (rule: string, summary: string, act: (viewer: Viewer, id: string) => Promise<unknown>) =>
	plainVerb({ ...writes, rule, summary }, act);

const draftAt = v.object({ place: v.string() });

/** What one does with posts and comments that exist, and with one's drafts: each form of the pages, for programs. */
export const talkApi: Record<string, Operation> = {
	'POST /api/v1/posts/[id]/undo': plain(
		'feed.post.undo',
		'Take one’s own new post back, within the ten seconds before anybody is told; its words become the draft again',
		undo,
	),
	'DELETE /api/v1/posts/[id]/removal': plain(
		'feed.post.restore',
		'Bring back a post that one removed less than fifteen seconds ago',
		restore,
	),
	'PUT /api/v1/posts/[id]/vote': operation({
		...writes,
		rule: 'feed.post.vote',
		summary: 'Answer the poll of a post, or change one’s answer until it ends: ids of `poll.options`',
		input: v.strictObject({
			choices: v.pipe(
				v.array(idText),
				v.minLength(1, 'app.invalid_value'),
				v.maxLength(10, 'app.invalid_value'),
			),
		}),
		output: done,
		act: async (viewer, input, { id }) => {
			await vote(viewer, id!, input);
			return { id };
		},
	}),
	'DELETE /api/v1/posts/[id]/vote': plain(
		'feed.post.vote',
		'Take one’s answer to a poll back, until it ends',
		(viewer, id) => vote(viewer, id, { choices: [] }),
	),
	'PATCH /api/v1/comments/[id]': operation({
		...writes,
		rule: 'feed.comment.edit',
		summary: 'Correct the words of one’s own comment',
		input: words,
		output: done,
		act: async (viewer, { text }, { id }) => {
			await editComment(viewer, { id: id!, text, personal_ok: 'on' });
			return { id };
		},
	}),
	'DELETE /api/v1/comments/[id]': plain(
		'feed.comment.remove',
		'Remove a comment; its place stays, without its words',
		removeComment,
	),
	'DELETE /api/v1/comments/[id]/removal': plain(
		'feed.comment.restore',
		'Bring back a comment that one removed less than fifteen seconds ago',
		restoreComment,
	),
	'PUT /api/v1/comments/[id]/thanks': plain(
		'feed.comment.thank',
		'Say thank you for a comment',
		(viewer, id) => thank(viewer, 'comment', id),
	),
	'DELETE /api/v1/comments/[id]/thanks': plain(
		'feed.comment.thank',
		'Take the thank you for a comment back',
		(viewer, id) => unthank(viewer, 'comment', id),
	),
	'GET /api/v1/drafts': operation({
		gate: 'network',
		scope: 'feed:read',
		summary: 'The person’s own drafts: `place` is `feed`, or `post:` and the id of the post that is answered',
		input: nothing,
		output: v.object({
			items: v.array(v.object({ place: v.string(), text: v.string(), savedAt: v.string() })),
		}),
		act: async (viewer) => ({ items: await read(viewer, (tx) => draftsOf(tx, viewer)) }),
	}),
	'PUT /api/v1/drafts/[place]': operation({
		...writes,
		summary: 'Keep words for later at a place; they are found again on any device',
		input: words,
		output: draftAt,
		act: (viewer, { text }, params) => draft(viewer, params.place!, text),
	}),
	'DELETE /api/v1/drafts/[place]': operation({
		...writes,
		summary: 'Forget the draft of a place',
		input: nothing,
		output: draftAt,
		act: (viewer, _input, params) => draft(viewer, params.place!, ''),
	}),
};

async function draft(viewer: Viewer, at: string, text: string) {
	await keepDraft(viewer, { place: parse(place, at), text });
	return { place: at };
}
