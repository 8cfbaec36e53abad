import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { invite } from './invite/invite.ts';
import { drop, launch, undo } from './steps/launch.ts';
import { DecideForm, decideProposal } from './steps/proposals.ts';
import { LayForm, layTerritory } from './steps/territory.ts';

const base = '/api/v1/imports';
const one = `${base}/[id]`;
const writes = { gate: 'app:imports', rule: 'imports.import.see', scope: 'imports:write' } as const;
const prepares = { ...writes, rule: 'imports.import.prepare' } as const;
const launches = { ...writes, rule: 'imports.import.launch', audit: true } as const;
const done = v.object({ id: v.string() });
const isTrue = v.optional(v.boolean('app.invalid_value'), false);

/** It goes in, and may come out again. */
export const runningApi: Record<string, Operation> = {
	[`POST ${one}/launch`]: formVerb(
		{
			...launches,
			summary:
				'Send an import on its way, or again after it failed; `lapse` ends memberships that the file does not name',
			status: 202,
		},
		{ entries: { lapse: isTrue } },
		(viewer, id, { lapse }) => launch(viewer, id, lapse ? { lapse: 'on' } : {}),
	),
	[`POST ${one}/undoing`]: plainVerb(
		{
			...launches,
			rule: 'imports.launched.undo',
			summary: 'Undo an import: what it made goes, what it changed comes back',
			status: 202,
		},
		undo,
	),
	[`POST ${one}/invitations`]: plainVerb(
		{
			...launches,
			summary: 'Write to whoever a file brought and has no account yet, each once',
			status: 202,
		},
		invite,
	),
	[`DELETE ${one}`]: plainVerb(
		{ ...prepares, summary: 'Throw a file away before it was launched: its lines are deleted' },
		drop,
	),
	'POST /api/v1/import-proposals/[id]/answer': operation({
		...writes,
		rule: 'imports.proposal.decide',
		audit: true,
		summary:
			'Take into one’s list somebody that another file holds, or say no; gives the import, if there is one',
		input: v.strictObject(v.omit(DecideForm, ['id']).entries),
		output: v.object({ import: v.nullable(v.string()) }),
		act: async (viewer, input, { id }) => ({ import: await decideProposal(viewer, { ...input, id: id! }) }),
	}),
	[`POST ${base}/territory`]: operation({
		gate: 'app:imports',
		scope: 'imports:write',
		audit: true,
		summary: 'Make the units of the regions and departments of France at once; gives the import that does it',
		status: 202,
		input: v.strictObject(LayForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await layTerritory(viewer, input) }),
	}),
};
