import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { edit, pause, renew, restore, resume, test } from './change.ts';
import { EditForm } from './create.ts';

const writes = { gate: 'office', scope: 'webhooks:write', audit: true, rule: 'webhooks.hook.see' } as const;
const one = '/api/v1/webhooks/[id]';

/** What becomes of an address once it is there: each form of its page, for programs. */
export const changeApi: Record<string, Operation> = {
	[`PATCH ${one}`]: formVerb(
		{ ...writes, summary: 'Names an address otherwise, asks for other kinds of message' },
		EditForm,
		edit,
	),
	[`PUT ${one}/pause`]: plainVerb({ ...writes, summary: 'Nothing leaves until it is taken up again' }, pause),
	[`DELETE ${one}/pause`]: plainVerb(
		{ ...writes, summary: 'Sends again, also to an address that was given up' },
		resume,
	),
	[`POST ${one}/secret`]: operation({
		...writes,
		stepUp: true,
		status: 201,
		summary: 'Makes another secret, in this answer and in no other; the old one still signs for a day',
		input: v.object({}),
		output: v.object({ secret: v.string() }),
		act: (viewer, _input, { id }) => renew(viewer, id!),
	}),
	[`POST ${one}/test`]: operation({
		...writes,
		status: 202,
		summary: 'Sends a message that says nothing, to see whether it arrives; gives its delivery',
		input: v.object({}),
		output: v.object({ id: v.string() }),
		act: async (viewer, _input, { id }) => ({ id: await test(viewer, id!) }),
	}),
	[`DELETE ${one}/removal`]: plainVerb(
		{
			...writes,
			rule: 'webhooks.hook.restore',
			summary: 'Takes an address back within a day of its removal',
		},
		(viewer, id) => restore(viewer, { id }),
	),
};
