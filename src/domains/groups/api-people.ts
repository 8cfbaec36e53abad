import * as v from 'valibot';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { idText } from '#platform/text/typed.ts';
import type { Viewer } from '#platform/viewer.ts';
import { done, nothing, writes } from './api-shapes.ts';
import { accept, decline, withdraw } from './enter.ts';
import { uninvite } from './invite.ts';
import {
	ExcludeForm,
	exclude,
	handOver,
	nameSuccessor,
	readmit,
	reconsider,
	refuse,
	revive,
} from './lead.ts';
import { doorOf } from './people.ts';

const own = { ...writes, rule: 'groups.circle.see' } as const;
const leads = { ...own, rule: 'groups.circle.lead' } as const;

/** Whom an address names: what is no id is nobody. */
const personIn = ({ person }: Record<string, string>): string => {
	if (!isId(person)) throw notFound();
	return person;
};
const onPerson =
	(act: (viewer: Viewer, id: string, personId: string) => Promise<unknown>): Operation['act'] =>
	async (viewer, _input, params) => {
		const person = personIn(params);
		await act(viewer, params.id!, person);
		return { id: person };
	};

const mine = (
	summary: string,
	act: (viewer: Viewer, id: string) => Promise<unknown>,
	rule: string = own.rule,
) => plainVerb({ ...own, rule, summary }, act);
const theirs = (
	summary: string,
	act: (viewer: Viewer, id: string, personId: string) => Promise<unknown>,
	more: { audit?: true } = {},
) => operation({ ...leads, ...more, summary, input: nothing, output: done, act: onPerson(act) });

/** Who stands at the door of a group, and what is decided about its people. */
export const peopleApi: Record<string, Operation> = {
	'PUT /api/v1/groups/[id]/invitation': mine('Say yes to an invitation', accept),
	'DELETE /api/v1/groups/[id]/invitation': mine('Say no to an invitation; who invited is not told', decline),
	'DELETE /api/v1/groups/[id]/requests': mine('Take one’s own request back', withdraw),
	'PUT /api/v1/groups/[id]/awake': mine('Wake a group that sleeps', revive, 'groups.circle.revive'),
	'GET /api/v1/groups/[id]/door': operation({
		...leads,
		scope: 'groups:read',
		summary: 'Who asked to enter a group, was invited or was put out, for who leads it',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					name: v.string(),
					state: v.string(),
					note: v.string(),
					by: v.nullable(v.string()),
					at: v.string(),
				}),
			),
		}),
		act: async (viewer, _input, params) => ({ items: await doorOf(viewer, params.id!) }),
	}),
	'DELETE /api/v1/groups/[id]/invitations/[person]': theirs('Take an invitation back', uninvite),
	'PUT /api/v1/groups/[id]/refusals/[person]': theirs('Refuse somebody who asked; they are not told', refuse),
	'DELETE /api/v1/groups/[id]/refusals/[person]': theirs('Take a refusal back', reconsider),
	'PUT /api/v1/groups/[id]/exclusions/[person]': operation({
		...leads,
		audit: true,
		summary: 'Put a member out of a group, with a reason that they read',
		input: v.strictObject({ reason: ExcludeForm.entries.reason }),
		output: done,
		act: async (viewer, { reason }, params) => {
			const person = personIn(params);
			await exclude(viewer, params.id!, { person, reason });
			return { id: person };
		},
	}),
	'DELETE /api/v1/groups/[id]/exclusions/[person]': theirs(
		'Lift an exclusion: the person may come back by themselves',
		readmit,
		{ audit: true },
	),
	'PUT /api/v1/groups/[id]/successor': operation({
		...leads,
		summary: 'Name who will answer for a group after its owner; null: its oldest member',
		input: v.strictObject({ person: v.nullable(idText) }),
		output: done,
		act: async (viewer, { person }, params) => {
			await nameSuccessor(viewer, params.id!, { successor: person ?? '' });
			return { id: params.id! };
		},
	}),
	'POST /api/v1/groups/[id]/succession': plainVerb(
		{
			...leads,
			summary: 'Hand a group to its successor now',
		},
		handOver,
	),
};
