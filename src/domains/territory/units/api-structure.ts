import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { createInvitation, myInvitations, revokeInvitation } from '../invitations/invite.ts';
import { CreateForm, createUnit, MoveForm, moveUnit, RenameForm, renameUnit } from './arrange.ts';
import { CloseForm, closeUnit, reopenUnit } from './close.ts';
import { setCoverage } from './coverage.ts';
import { EditForm, editPage } from './edit.ts';
import { placesFor } from './places.ts';

const path = '/api/v1/units/[id]';
const shapes = {
	gate: 'office',
	rule: 'territory.unit.createBelow',
	scope: 'units:write',
	audit: true,
} as const;
const arranges = { ...shapes, rule: 'territory.unit.arrange' } as const;
const invites = { gate: 'network', rule: 'territory.unit.invite', scope: 'units:write' } as const;

const named = v.array(v.object({ id: v.string(), name: v.string() }));
const noun = v.object({ fr: v.record(v.string(), v.unknown()), en: v.record(v.string(), v.unknown()) });

/** What a unit says of itself, where it stands, and links into it: each form of its pages, for programs. */
export const structureApi: Record<string, Operation> = {
	[`PUT ${path}/page`]: formVerb(
		{
			...shapes,
			rule: 'territory.unit.edit',
			summary:
				'Write what a unit says to everybody and to its people, and where one writes to it, as it was read at this version',
		},
		EditForm,
		editPage,
	),
	[`GET ${path}/places`]: operation({
		...shapes,
		scope: 'units:read',
		summary:
			'What may be made below a unit, where it may go, who takes its people when it closes, what it covers',
		input: v.object({}),
		output: v.object({
			kinds: v.array(v.object({ id: v.string(), name: noun })),
			parents: named,
			heirs: named,
			zones: named,
		}),
		act: (viewer, _input, { id }) => placesFor(viewer, id!),
	}),
	[`POST ${path}/units`]: operation({
		...shapes,
		summary: 'Make a unit below this one',
		status: 201,
		input: v.strictObject(CreateForm.entries),
		output: v.object({ id: v.string() }),
		act: async (viewer, input, { id }) => ({ id: await createUnit(viewer, id!, input) }),
	}),
	[`PUT ${path}/name`]: formVerb(
		{ ...shapes, summary: 'Give a unit another name; its address stays' },
		RenameForm,
		renameUnit,
	),
	[`PUT ${path}/parent`]: formVerb(
		{ ...arranges, summary: 'Put a unit, with all those below, under another one' },
		MoveForm,
		moveUnit,
	),
	[`PUT ${path}/zones`]: formVerb(
		{ ...arranges, summary: 'Say which communes and districts a unit covers, all of them' },
		{
			entries: {
				zones: v.pipe(
					v.array(v.pipe(v.string(), v.maxLength(60, 'territory.zone_unknown'))),
					v.maxLength(5000, 'app.invalid_value'),
				),
			},
		},
		(viewer, id, { zones }) => setCoverage(viewer, id, zones),
	),
	[`PUT ${path}/closing`]: formVerb(
		{ ...arranges, summary: 'Close a unit: it leaves the directory, and its people go to the heir' },
		CloseForm,
		closeUnit,
	),
	[`DELETE ${path}/closing`]: plainVerb({ ...arranges, summary: 'Open a closed unit again' }, reopenUnit),
	[`GET ${path}/invitations`]: operation({
		...invites,
		scope: 'units:read',
		summary: 'One’s own open links into a unit, the latest first',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					...{ id: v.string(), code: v.string(), used: v.number() },
					...{ createdAt: v.string(), expiresAt: v.string() },
				}),
			),
		}),
		act: async (viewer, _input, { id }) => ({ items: await myInvitations(viewer, id!) }),
	}),
	[`POST ${path}/invitations`]: operation({
		...invites,
		summary: 'Make a link into one’s own unit, for thirty days',
		status: 201,
		input: v.object({}),
		output: v.object({ code: v.string() }),
		act: async (viewer, _input, { id }) => ({ code: await createInvitation(viewer, id!) }),
	}),
	[`DELETE ${path}/invitations/[invitation]`]: plainVerb(
		{ ...invites, summary: 'End a link of one’s own: it opens nothing more' },
		(viewer, _unit, { invitation }) => {
			if (!isId(invitation)) throw notFound();
			return revokeInvitation(viewer, invitation);
		},
	),
};
