import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { idText } from '#platform/text/typed.ts';
import { sentFiles, text } from './input.ts';
import { markRead } from './marks.ts';
import { conversationsOf } from './queries.ts';
import { edit, remove, send } from './send.ts';
import { start } from './start.ts';
import { numberIn, thread } from './thread.ts';
import { suggested } from './whom.ts';

const done = v.object({ id: v.string() });
const person = v.object({ id: v.string(), name: v.nullable(v.string()) });
const conversation = v.object({
	id: v.string(),
	kind: v.string(),
	unit: v.nullable(v.string()),
	people: v.array(person),
	unread: v.boolean(),
	muted: v.boolean(),
	at: v.string(),
});
const message = v.object({
	id: v.string(),
	number: v.number(),
	kind: v.string(),
	author: person,
	text: v.nullable(v.string()),
	at: v.string(),
	editedAt: v.nullable(v.string()),
	removed: v.boolean(),
	files: v.array(v.object({ id: v.string(), name: v.string(), kind: v.string() })),
});
const words = v.pipe(text, v.minLength(1, 'messages.text_needed'));
/** Words, files, or both. */
const saying = { text: v.optional(text, ''), files: sentFiles };

const reads = { gate: 'network', scope: 'messages:read' } as const;
const writes = { gate: 'network', scope: 'messages:write' } as const;

export const api: Record<string, Operation> = {
	'GET /api/v1/conversations': operation({
		...reads,
		rule: 'messages.conversation.see',
		summary: 'Conversations of the person, the latest first; or the requests that wait',
		input: v.object({
			cursor: v.optional(v.pipe(v.string(), v.maxLength(200))),
			requests: v.optional(v.picklist(['true', 'false']), 'false'),
		}),
		output: v.object({ items: v.array(conversation), next: v.nullable(v.string()) }),
		act: async (viewer, { cursor = null, requests }) => {
			const { lines, next } = await conversationsOf(viewer, {
				before: cursor,
				requests: requests === 'true',
			});
			return { items: lines, next };
		},
	}),
	'POST /api/v1/conversations': operation({
		...writes,
		rule: 'people.person.ask',
		files: true,
		summary: 'Write to one person or to several; with one person the conversation is always the same',
		status: 201,
		input: v.strictObject({
			to: v.pipe(
				v.array(idText),
				v.minLength(1, 'messages.to_needed'),
				v.maxLength(49, 'messages.too_many_people'),
			),
			...saying,
		}),
		output: done,
		act: async (viewer, input) => ({ id: await start(viewer, input) }),
	}),
	'GET /api/v1/conversations/suggested': operation({
		...reads,
		rule: 'people.person.ask',
		summary: 'Whom the person writes to first: who answers for their place, then their last friends',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					name: v.string(),
					officeUnit: v.nullable(v.string()),
					friend: v.optional(v.boolean()),
				}),
			),
		}),
		act: async (viewer) => ({ items: await suggested(viewer) }),
	}),
	'GET /api/v1/conversations/[id]/messages': operation({
		...reads,
		rule: 'messages.conversation.see',
		summary: 'The last fifty messages of a conversation, or the fifty before a number',
		input: v.object({ before: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'app.invalid_value'))) }),
		output: v.object({ items: v.array(message), before: v.nullable(v.number()) }),
		act: async (viewer, { before = null }, params) => {
			const { messages, before: earlier } = await thread(viewer, params.id!, numberIn(before));
			return { items: messages, before: earlier };
		},
	}),
	'POST /api/v1/conversations/[id]/messages': operation({
		...writes,
		rule: 'messages.conversation.write',
		summary: 'Write in a conversation',
		status: 201,
		files: true,
		input: v.strictObject(saying),
		output: done,
		act: async (viewer, input, params) => ({ id: await send(viewer, params.id!, input) }),
	}),
	'POST /api/v1/conversations/[id]/reading': plainVerb(
		{
			...writes,
			rule: 'messages.conversation.see',
			summary: 'Mark a conversation read up to its last message',
		},
		markRead,
	),
	'PATCH /api/v1/messages/[id]': operation({
		...writes,
		rule: 'messages.message.edit',
		summary: 'Correct one’s own message within five minutes',
		input: v.strictObject({ text: words }),
		output: done,
		act: async (viewer, input, params) => {
			await edit(viewer, { id: params.id!, ...input });
			return { id: params.id! };
		},
	}),
	'DELETE /api/v1/messages/[id]': plainVerb(
		{
			...writes,
			rule: 'messages.message.remove',
			summary: 'Remove one’s own message; its place stays',
		},
		(viewer, id) => remove(viewer, { id }),
	),
};
