import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { byMail, changeAddress, chooseMails } from './choice.ts';

const writes = { gate: 'network', rule: 'groups.circle.receive', scope: 'groups:write' } as const;
const choice = v.object({ mails: v.boolean() });

const ownChoice = async (viewer: Viewer, groupId: string) => {
	const own = await byMail(viewer, groupId);
	if (!own) throw notFound();
	return own;
};

/** What a person receives of a group by mail. The address from which they write is given where it is changed only. */
export const listApi: Record<string, Operation> = {
	'GET /api/v1/groups/[id]/by-mail': operation({
		...writes,
		scope: 'groups:read',
		summary: 'Whether the person receives by mail what is said in a group of theirs',
		input: v.object({}),
		output: choice,
		act: (viewer, _input, params) => ownChoice(viewer, params.id!),
	}),
	'PUT /api/v1/groups/[id]/by-mail': operation({
		...writes,
		summary: 'Receive by mail what is said in a group, or no longer',
		input: v.strictObject({ mails: v.boolean('app.invalid_value') }),
		output: choice,
		act: async (viewer, { mails }, params) => {
			await chooseMails(viewer, params.id!, mails);
			return { mails };
		},
	}),
	'POST /api/v1/groups/[id]/by-mail/address': operation({
		...writes,
		summary:
			'Change the person’s own addresses of a group; gives the one to which a new message is written, if mails come in',
		input: v.object({}),
		output: v.object({ address: v.nullable(v.string()) }),
		act: async (viewer, _input, params) => {
			await changeAddress(viewer, params.id!);
			return ownChoice(viewer, params.id!);
		},
	}),
};
