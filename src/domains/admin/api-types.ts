import * as v from 'valibot';
import { formVerb, type Operation, operation } from '#platform/domain.ts';
import {
	addType,
	CreateTypeForm,
	EditTypeForm,
	keptTypes,
	OrderForm,
	orderType,
	placeType,
	renameType,
	StateForm,
} from './membership.ts';

const base = '/api/v1/membership-types';
const keeps = { gate: 'office', rule: 'platform.setting.see' } as const;
const writes = { ...keeps, scope: 'organisation:write', audit: true } as const;

/** Kinds of membership: each form of their pages, for programs of who keeps them. */
export const typesApi: Record<string, Operation> = {
	[`GET ${base}`]: operation({
		...keeps,
		scope: 'organisation:read',
		summary: 'Every kind of membership, with how many have it',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					...{ id: v.string(), key: v.string(), name: v.record(v.string(), v.unknown()) },
					...{ grants: v.string(), offered: v.boolean(), retired: v.boolean(), people: v.number() },
				}),
			),
		}),
		act: async (viewer) => ({ items: await keptTypes(viewer) }),
	}),
	[`POST ${base}`]: operation({
		...writes,
		summary: 'Add a kind of membership, and say what it grants',
		status: 201,
		input: v.strictObject(CreateTypeForm.entries),
		output: v.object({ id: v.string() }),
		act: async (viewer, input) => ({ id: await addType(viewer, input) }),
	}),
	[`PATCH ${base}/[id]`]: formVerb(
		{ ...writes, summary: 'Rename a kind of membership' },
		EditTypeForm,
		renameType,
	),
	[`PUT ${base}/[id]/state`]: formVerb(
		{ ...writes, summary: 'Offer a kind of membership, keep it for who has it, or retire it' },
		v.omit(StateForm, ['id']),
		(viewer, id, input) => placeType(viewer, { ...input, id }),
	),
	[`POST ${base}/[id]/move`]: formVerb(
		{ ...writes, summary: 'Move a kind of membership one place up or down the list' },
		v.omit(OrderForm, ['id']),
		(viewer, id, input) => orderType(viewer, { ...input, id }),
	),
};
