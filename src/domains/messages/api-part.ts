import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';
import { rejoin } from './back.ts';
import { ShowForm, showToModerators, wordsRead } from './exhibit.ts';
import { LetterForm, writeLetter } from './letter.ts';
import { AddForm, accept, add, hush, KeepForm, keep, leave, reconsider, refuse } from './take-part.ts';

const writes = { gate: 'network', scope: 'messages:write' } as const;
const done = v.object({ id: v.string() });

const plain = (rule: string, summary: string, act: (viewer: Viewer, id: string) => Promise<unknown>) =>
	plainVerb({ ...writes, rule: `messages.conversation.${rule}`, summary }, act);

/** How one takes part in a conversation: each form of its page, for programs. */
export const partApi: Record<string, Operation> = {
	'PUT /api/v1/conversations/[id]/mute': plain(
		'see',
		'Be told no more of what is said in a conversation; it is still read there',
		(viewer, conversation) => hush(viewer, { conversation }, true),
	),
	'DELETE /api/v1/conversations/[id]/mute': plain(
		'see',
		'Be told again of what is said in a conversation',
		(viewer, conversation) => hush(viewer, { conversation }, false),
	),
	'PUT /api/v1/conversations/[id]/keeping': operation({
		...writes,
		rule: 'messages.conversation.keep',
		summary:
			'How many days the words of a conversation are kept, for everybody in it: 30 or 365; it is written there',
		input: v.strictObject({ days: KeepForm.entries.days }),
		output: done,
		act: async (viewer, { days }, { id }) => {
			await keep(viewer, { conversation: id!, days });
			return { id };
		},
	}),
	'POST /api/v1/conversations/[id]/people': formVerb(
		{
			...writes,
			rule: 'messages.conversation.add',
			summary: 'Add somebody to a conversation of several; what was said before is not theirs',
			status: 201,
		},
		AddForm,
		add,
	),
	'DELETE /api/v1/conversations/[id]/participation': plain(
		'leave',
		'Leave a conversation of several; nobody else brings you back',
		(viewer, conversation) => leave(viewer, { conversation }),
	),
	'PUT /api/v1/conversations/[id]/participation': plain(
		'rejoin',
		'Come back into a conversation left less than ten minutes ago; what was said meanwhile stays unread',
		(viewer, conversation) => rejoin(viewer, { conversation }),
	),
	'POST /api/v1/conversations/[id]/acceptance': plain(
		'answer',
		'Accept a request: its author may write on, and is seen read',
		(viewer, conversation) => accept(viewer, { conversation }),
	),
	'POST /api/v1/conversations/[id]/refusal': plain(
		'answer',
		'Refuse a request; its author is not told',
		(viewer, conversation) => refuse(viewer, { conversation }),
	),
	'DELETE /api/v1/conversations/[id]/refusal': plain(
		'reconsider',
		'Put a refused request back among those that wait',
		(viewer, conversation) => reconsider(viewer, { conversation }),
	),
	'POST /api/v1/messages/[id]/report': formVerb(
		{
			...writes,
			rule: 'messages.message.report',
			summary:
				'Report a message: moderators read it, and those around it that one chooses to show; nothing else',
			status: 201,
		},
		v.omit(ShowForm, ['message']),
		async (viewer, message, input) => {
			const { conversation } = await wordsRead(viewer, message);
			await showToModerators(viewer, conversation, { ...input, message });
		},
	),
	'POST /api/v1/units/[id]/letters': operation({
		gate: 'office',
		scope: 'messages:write',
		rule: 'messages.letter.see',
		audit: true,
		summary:
			'Write to everybody of a unit and below, each in a conversation of their own; three in three days at most',
		status: 202,
		input: v.strictObject(LetterForm.entries),
		output: done,
		act: async (viewer, input, { id }) => ({ id: await writeLetter(viewer, id!, input) }),
	}),
};
