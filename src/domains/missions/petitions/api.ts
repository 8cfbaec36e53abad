import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { ExportForm, LaunchForm, SettleForm } from './input.ts';
import { launch, reopen, settle } from './launch.ts';
import { petitionsFor, showPetition, takeSignatures } from './read.ts';
import { signAsMember, unsign } from './sign.ts';

const nothing = v.object({});
const done = v.object({ id: v.string() });
const writes = { gate: 'network', scope: 'missions:write' } as const;

const card = {
	...{ id: v.string(), title: v.string(), text: v.string(), addressedTo: v.string() },
	...{ isOfficial: v.boolean(), signed: v.number(), state: v.picklist(['open', 'closed']) },
};

export const petitionApi: Record<string, Operation> = {
	'GET /api/v1/petitions': operation({
		gate: 'anyone',
		scope: 'missions:read',
		rule: 'missions.petition.see',
		summary: 'Petitions, open ones first, then the latest',
		input: nothing,
		output: v.object({
			items: v.array(v.object(card)),
		}),
		act: async (viewer) => ({ items: await petitionsFor(viewer) }),
	}),
	'POST /api/v1/petitions/[id]/signatures': operation({
		...writes,
		scope: 'petitions:export',
		rule: 'missions.petition.export',
		audit: true,
		rate: 'export',
		summary:
			'Take the confirmed signatures, to carry them to whom they are for: names, postcodes, days; the journal keeps why',
		input: v.strictObject(ExportForm.entries),
		output: v.object({
			items: v.array(v.object({ name: v.string(), postcode: v.string(), day: v.string() })),
		}),
		act: async (viewer, { reason }, { id }) => ({
			items: (await takeSignatures(viewer, id!, reason)).map(({ name, postcode, at }) => ({
				...{ name, postcode, day: at.toISOString().slice(0, 10) },
			})),
		}),
	}),
	'POST /api/v1/petitions': operation({
		...writes,
		rule: 'missions.caller.see',
		summary: 'Launch a petition in a unit; `official` (any text) where one speaks for it',
		status: 201,
		input: v.strictObject(LaunchForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await launch(viewer, input) }),
	}),
	'GET /api/v1/petitions/[id]': operation({
		gate: 'anyone',
		scope: 'missions:read',
		rule: 'missions.petition.see',
		summary: 'One petition, and what came of it once it is closed',
		input: nothing,
		output: v.object({
			...card,
			unit: v.object({ name: v.string(), slug: v.string() }),
			by: v.nullable(v.object({ id: v.string(), name: v.string() })),
			outcome: v.string(),
		}),
		act: (viewer, _input, params) => showPetition(viewer, params.id!),
	}),
	'POST /api/v1/petitions/[id]/closing': formVerb(
		{
			...writes,
			rule: 'missions.petition.close',
			summary: 'Close a petition and say what came of it',
		},
		SettleForm,
		settle,
	),
	'DELETE /api/v1/petitions/[id]/closing': plainVerb(
		{
			...writes,
			rule: 'missions.petition.reopen',
			summary: 'Open again a petition closed less than ten minutes ago',
		},
		reopen,
	),
	'PUT /api/v1/petitions/[id]/signature': plainVerb(
		{
			...writes,
			rule: 'missions.petition.sign',
			summary: 'Sign a petition',
		},
		signAsMember,
	),
	'DELETE /api/v1/petitions/[id]/signature': plainVerb(
		{
			...writes,
			rule: 'missions.petition.unsign',
			summary: 'Take one’s signature back',
		},
		unsign,
	),
};
