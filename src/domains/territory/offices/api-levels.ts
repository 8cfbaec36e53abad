import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { powers } from '../blueprint.ts';
import {
	CreateKindForm,
	createKind,
	EditKindForm,
	editKind,
	MoveLineForm,
	moveKind,
	removeKind,
} from './kinds.ts';
import {
	CreateOfficeForm,
	createOffice,
	EditOfficeForm,
	editOffice,
	moveOffice,
	retireOffice,
} from './posts.ts';
import { kindList, kindPage } from './structure.ts';

const base = '/api/v1/levels';
const office = '/api/v1/offices/[id]';
const reads = { gate: 'app:levels', scope: 'structure:read', rule: 'territory.unit_kind.edit' } as const;
// Who may do what in the whole organisation: a second factor given within ten minutes, and an entry in the journal.
const acts = { ...reads, scope: 'structure:write', stepUp: true, audit: true } as const;
const officeActs = { ...acts, rule: 'territory.office.edit' } as const;

const done = v.object({ id: v.string() });
const noun = v.object({ fr: v.record(v.string(), v.unknown()), en: v.record(v.string(), v.unknown()) });
const level = v.object({
	...{
		id: v.string(),
		key: v.string(),
		name: noun,
		depth: v.number(),
		units: v.number(),
		offices: v.number(),
	},
	children: v.array(v.string()),
});
const step = v.omit(MoveLineForm, ['id']);
const isTrue = v.optional(v.boolean('app.invalid_value'), false);
/** What a page says by a ticked box, a program says by `true`. */
const ticked = (is: boolean) => (is ? { leads: 'on' } : {});
const listed = { powers: v.array(v.string('app.invalid_value')), leads: isTrue };

/** Kinds of unit and their offices: each form of the pages that keep them, for programs. */
export const levelsApi: Record<string, Operation> = {
	[`GET ${base}`]: operation({
		...reads,
		summary: 'Every kind of unit, in the order of the organisation, and which may stand under it',
		input: v.object({}),
		output: v.object({ items: v.array(level) }),
		act: async (viewer) => ({ items: await kindList(viewer) }),
	}),
	[`POST ${base}`]: operation({
		...acts,
		summary: 'Add a kind of unit, perhaps allowed under another',
		status: 201,
		input: v.strictObject(CreateKindForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await createKind(viewer, input) }),
	}),
	[`GET ${base}/[id]`]: operation({
		...reads,
		summary: 'One kind of unit, and its offices with what each lets its holders do',
		input: v.object({}),
		output: v.object({
			kind: level,
			offices: v.array(
				v.object({
					...{ id: v.string(), name: noun, powers: v.array(v.string()), leads: v.boolean() },
					...{ holders: v.number(), retired: v.boolean() },
				}),
			),
		}),
		act: (viewer, _input, { id }) => kindPage(viewer, id!),
	}),
	[`PATCH ${base}/[id]`]: formVerb(
		{ ...acts, summary: 'Rename a kind of unit and say which kinds may stand under it, all of them' },
		v.omit(EditKindForm, ['kind']),
		(viewer, kind, input) => editKind(viewer, { ...input, kind }),
	),
	[`POST ${base}/[id]/move`]: formVerb(
		{ ...acts, summary: 'Move a kind of unit one place up or down the list' },
		step,
		(viewer, id, input) => moveKind(viewer, { ...input, id }),
	),
	[`DELETE ${base}/[id]`]: plainVerb(
		{ ...acts, summary: 'Remove a kind that no unit ever had, with its offices' },
		(viewer, kind) => removeKind(viewer, { kind }),
	),
	[`POST ${base}/[id]/offices`]: operation({
		...acts,
		summary: 'Add an office to a kind of unit, and say what it lets its holders do',
		status: 201,
		input: v.strictObject({ ...v.omit(CreateOfficeForm, ['kind']).entries, ...listed }),
		output: done,
		act: async (viewer, { leads, ...input }, { id }) => ({
			id: await createOffice(viewer, powers, { ...input, ...ticked(leads), kind: id! }),
		}),
	}),
	[`PATCH ${office}`]: formVerb(
		{ ...officeActs, summary: 'Rename an office and say what it lets its holders do, from now' },
		{ entries: { ...v.omit(EditOfficeForm, ['office']).entries, ...listed } },
		(viewer, id, { leads, ...input }) =>
			editOffice(viewer, powers, { ...input, ...ticked(leads), office: id }),
	),
	[`POST ${office}/move`]: formVerb(
		{ ...officeActs, summary: 'Move an office one place up or down its list' },
		step,
		(viewer, id, input) => moveOffice(viewer, { ...input, id }),
	),
	[`PUT ${office}/retirement`]: formVerb(
		{
			...officeActs,
			summary: 'Close an office for good, and the terms of those who hold it: `sure` says that one knows',
		},
		{ entries: { sure: isTrue } },
		(viewer, id, { sure }) => retireOffice(viewer, { office: id, ...(sure && { sure: 'on' }) }),
	),
};
