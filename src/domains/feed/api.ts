import * as v from 'valibot';
import { read } from '#platform/db.ts';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { idText } from '#platform/text/typed.ts';
import { asForm, commentOut, done, far, nothing, page, post, published, words } from './api-shapes.ts';
import { comment } from './comment.ts';
import { EditForm, edit } from './edit.ts';
import { pageOf, postsOf } from './home.ts';
import { publish } from './publish.ts';
import { remove } from './remove.ts';
import { thank, unthank } from './thank.ts';
import { placeIn, thread } from './thread.ts';

const seen = { gate: 'network', rule: 'feed.post.see', scope: 'feed:read' } as const;
const writes = { gate: 'network', scope: 'feed:write' } as const;

const discussionPlace = v.pipe(
	v.string('app.invalid_value'),
	v.check((cursor) => placeIn(cursor) !== null, 'app.invalid_value'),
);

const thanked =
	(act: typeof thank): Operation['act'] =>
	async (viewer, _input, params) => {
		await act(viewer, 'post', params.id!);
		return { id: params.id! };
	};

export const api: Record<string, Operation> = {
	'GET /api/v1/feed': operation({
		...seen,
		summary:
			'The home feed of the person, newest first, with why; `far`: how far away what a subject brings from elsewhere was said',
		input: page,
		output: v.object({
			items: v.array(v.object({ ...post.entries, reason: v.string(), far: v.optional(far) })),
			next: v.nullable(v.string()),
		}),
		act: async (viewer, { cursor = null, limit = 20 }) => {
			const { cards, next } = await read(viewer, (tx) =>
				pageOf(tx, viewer, { kind: 'all' }, cursor, { size: limit, withAfar: true, isExact: true }),
			);
			return { items: cards, next };
		},
	}),
	'GET /api/v1/posts': operation({
		...seen,
		summary: 'Posts of one person (of oneself when `author` is absent), newest first',
		input: v.object({ ...page.entries, author: v.optional(idText) }),
		output: v.object({ items: v.array(post), next: v.nullable(v.string()) }),
		act: async (viewer, { author, cursor = null, limit = 20 }) => {
			const { cards, next } = await postsOf(viewer, author ?? viewer.id!, cursor, limit);
			return { items: cards, next };
		},
	}),
	'POST /api/v1/posts': operation({
		...writes,
		rule: 'feed.post.see',
		files: true,
		summary: 'Publish a post, with up to four photos, a sound and a document',
		status: 201,
		input: published,
		output: done,
		act: async (viewer, input) => ({ id: await publish(viewer, asForm(input)) }),
	}),
	'GET /api/v1/posts/[id]': operation({
		...seen,
		gate: 'anyone',
		summary: 'One post',
		input: nothing,
		output: post,
		act: async (viewer, _input, params) => {
			const { card } = await thread(viewer, params.id!);
			if (card.deletedAt) throw notFound();
			return card;
		},
	}),
	'PATCH /api/v1/posts/[id]': operation({
		...writes,
		rule: 'feed.post.edit',
		summary:
			'Correct the words of a post, and what it is about: `subject` is an id, an empty text for none, absent to leave it',
		input: v.strictObject({
			...words.entries,
			version: v.optional(v.pipe(v.number(), v.integer('app.invalid_value'))),
			subject: EditForm.entries.subject,
		}),
		output: done,
		act: async (viewer, input, params) => {
			await edit(viewer, params.id!, { ...input, personal_ok: 'on' });
			return { id: params.id! };
		},
	}),
	'DELETE /api/v1/posts/[id]': plainVerb(
		{
			...writes,
			rule: 'feed.post.remove',
			summary: 'Remove a post',
		},
		remove,
	),
	'GET /api/v1/posts/[id]/comments': operation({
		...seen,
		summary: 'Comments of a post, oldest first, each thread whole before the next',
		input: v.object({ cursor: v.optional(discussionPlace) }),
		output: v.object({ items: v.array(commentOut), next: v.nullable(v.string()) }),
		act: async (viewer, { cursor = null }, params) => {
			const { card, comments, next } = await thread(viewer, params.id!, { after: cursor });
			if (card.deletedAt) throw notFound();
			return { items: comments, next };
		},
	}),
	'POST /api/v1/posts/[id]/comments': operation({
		...writes,
		rule: 'feed.post.comment',
		summary: 'Comment a post, or answer one of its comments',
		status: 201,
		input: v.strictObject({ ...words.entries, reply_to: v.optional(idText) }),
		output: done,
		act: async (viewer, { text, reply_to }, params) => ({
			id: await comment(viewer, params.id!, {
				...{ text, reply_to: reply_to ?? '' },
				...{ personal_ok: 'on', elsewhere: true },
			}),
		}),
	}),
	'PUT /api/v1/posts/[id]/thanks': operation({
		...writes,
		rule: 'feed.post.thank',
		summary: 'Say thank you',
		input: nothing,
		output: done,
		act: thanked(thank),
	}),
	'DELETE /api/v1/posts/[id]/thanks': operation({
		...writes,
		rule: 'feed.post.thank',
		summary: 'Take the thank you back',
		input: nothing,
		output: done,
		act: thanked(unthank),
	}),
};
