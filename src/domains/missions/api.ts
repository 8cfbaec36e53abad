import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { attend, cancel, change, close } from './change.ts';
import { create } from './create.ts';
import { enrol, leave } from './enrol.ts';
import {
	AttendForm,
	CancelForm,
	CloseForm,
	CreateForm,
	EditForm,
	FromTargetsForm,
	missionAudiences,
	missionKinds,
} from './input.ts';
import { actionsOf } from './mine.ts';
import { missionsFor, showMission, views } from './queries.ts';
import { createFromTargets, targetsToCall } from './targets.ts';

const nothing = v.object({});
const done = v.object({ id: v.string() });
const instant = v.string();
const card = {
	id: v.string(),
	kind: v.picklist(missionKinds),
	title: v.string(),
	place: v.string(),
	unit: v.object({ id: v.string(), name: v.string() }),
	isOfficial: v.boolean(),
	startsAt: instant,
	endsAt: instant,
	needed: v.number(),
	enrolled: v.number(),
	state: v.picklist(['open', 'closed', 'cancelled']),
	mine: v.boolean(),
};
const whole = v.object({
	...card,
	text: v.string(),
	audience: v.picklist(missionAudiences),
	by: v.nullable(v.object({ id: v.string(), name: v.string() })),
	station: v.nullable(v.string()),
	reason: v.string(),
	result: v.nullable(
		v.object({
			people: v.number(),
			doors: v.nullable(v.number()),
			leaflets: v.nullable(v.number()),
			report: v.string(),
		}),
	),
	version: v.number(),
	names: v.nullable(v.array(v.object({ id: v.string(), name: v.string(), came: v.nullable(v.boolean()) }))),
	guests: v.array(v.object({ id: v.string(), name: v.string(), came: v.nullable(v.boolean()) })),
});

const reads = { gate: 'network', scope: 'missions:read', rule: 'missions.mission.see' } as const;
const writes = { gate: 'network', scope: 'missions:write' } as const;

export const api: Record<string, Operation> = {
	'GET /api/v1/missions': operation({
		...reads,
		summary: 'Missions to come (`near`, the closest first), one’s own (`mine`), or over (`past`)',
		input: v.object({
			view: v.optional(v.picklist(views, 'app.invalid_value'), 'near'),
			before: v.optional(v.pipe(v.string(), v.isoTimestamp('app.invalid_value'))),
		}),
		output: v.object({ items: v.array(v.object(card)), next: v.nullable(instant) }),
		act: async (viewer, { view, before }) => {
			const { cards, next } = await missionsFor(viewer, view, before ? new Date(before) : null);
			return { items: cards, next };
		},
	}),
	'POST /api/v1/missions': operation({
		...writes,
		rule: 'missions.caller.see',
		summary: 'Call for a mission in a unit',
		status: 201,
		input: v.strictObject(CreateForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await create(viewer, input) }),
	}),
	'GET /api/v1/missions/[id]': operation({
		...reads,
		summary: 'One mission; who comes, for who leads it',
		input: nothing,
		output: whole,
		act: (viewer, _input, params) => showMission(viewer, params.id!),
	}),
	'PATCH /api/v1/missions/[id]': formVerb(
		{
			...writes,
			rule: 'missions.mission.edit',
			summary: 'Change a mission; those who come are told when it moves',
		},
		EditForm,
		change,
	),
	'PUT /api/v1/missions/[id]/enrolment': plainVerb(
		{
			...writes,
			rule: 'missions.mission.enrol',
			summary: 'Put oneself on the list',
		},
		enrol,
	),
	'DELETE /api/v1/missions/[id]/enrolment': plainVerb(
		{
			...writes,
			rule: 'missions.mission.leave',
			summary: 'Leave the list',
		},
		leave,
	),
	'POST /api/v1/missions/[id]/cancellation': formVerb(
		{
			...writes,
			rule: 'missions.mission.edit',
			summary: 'Cancel a mission, and say why to those who were to come',
		},
		CancelForm,
		cancel,
	),
	'POST /api/v1/missions/[id]/report': formVerb(
		{
			...writes,
			rule: 'missions.mission.close',
			summary: 'Close a mission with what was counted, and who came',
		},
		CloseForm,
		close,
	),
	'PUT /api/v1/missions/[id]/attendance': formVerb(
		{
			...writes,
			rule: 'missions.mission.attend',
			summary: 'Say who came, of those on the list and of those without account',
		},
		AttendForm,
		attend,
	),
	'GET /api/v1/map/selections/[id]/missions': operation({
		...reads,
		rule: 'missions.caller.official',
		summary: 'The stations of a selection of the map that become missions, and how many do not',
		input: nothing,
		output: v.object({
			id: v.string(),
			name: v.string(),
			stations: v.array(
				v.object({
					key: v.string(),
					name: v.string(),
					commune: v.string(),
					unitId: v.string(),
					unit: v.string(),
				}),
			),
			left: v.number(),
			made: v.number(),
			first: v.nullable(v.number()),
		}),
		act: (viewer, _input, params) => targetsToCall(viewer, params.id!),
	}),
	'POST /api/v1/map/selections/[id]/missions': operation({
		...writes,
		rule: 'missions.caller.official',
		audit: true,
		summary:
			'Call for one official mission at each station of a selection, all of them or none; says how many',
		status: 201,
		input: v.strictObject(v.omit(FromTargetsForm, ['targets']).entries),
		output: v.object({ made: v.number() }),
		act: async (viewer, input, params) => ({
			made: await createFromTargets(viewer, { ...input, targets: params.id! }),
		}),
	}),
	'GET /api/v1/actions': operation({
		...reads,
		rule: 'missions.enrolment.see',
		summary: 'What one did, field work first, the most recent first; for oneself alone',
		input: nothing,
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					kind: v.picklist(missionKinds),
					title: v.string(),
					place: v.string(),
					unit: v.string(),
					at: instant,
					state: v.picklist(['coming', 'waits', 'done']),
				}),
			),
		}),
		act: async (viewer) => ({ items: await actionsOf(viewer) }),
	}),
};
