import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { petitionsFor } from './read.ts';
import { signAsMember, unsign } from './sign.ts';

const nothing = v.object({});
const done = v.object({ id: v.string() });
const writes = { gate: 'network', scope: 'missions:write' } as const;

const onPetition =
	(act: typeof unsign): Operation['act'] =>
	async (viewer, _input, params) => {
		await act(viewer, params.id!);
		return { id: params.id! };
	};

export const petitionApi: Record<string, Operation> = {
	'GET /api/v1/petitions': operation({
		gate: 'anyone',
		scope: 'missions:read',
		rule: 'missions.petition.see',
		summary: 'Petitions, open ones first, then the latest',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					...{ id: v.string(), title: v.string(), text: v.string(), addressedTo: v.string() },
					...{ isOfficial: v.boolean(), signed: v.number(), state: v.picklist(['open', 'closed']) },
				}),
			),
		}),
		act: async (viewer) => ({ items: await petitionsFor(viewer) }),
	}),
	'PUT /api/v1/petitions/[id]/signature': operation({
		...writes,
		rule: 'missions.petition.sign',
		summary: 'Sign a petition',
		input: nothing,
		output: done,
		act: onPetition(signAsMember),
	}),
	'DELETE /api/v1/petitions/[id]/signature': operation({
		...writes,
		rule: 'missions.petition.unsign',
		summary: 'Take one’s signature back',
		input: nothing,
		output: done,
		act: onPetition(unsign),
	}),
};
