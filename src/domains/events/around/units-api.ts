import * as v from 'valibot';
import { formVerb, type Operation, operation } from '#platform/domain.ts';
import { AnswerUnitForm, AskUnitForm, answerUnit, askUnit, dropUnit } from '../co-units.ts';
import { showEvent } from '../show.ts';
import { on, oneOf } from './one-of.ts';
import { visitorsOf } from './visitors.ts';

const path = '/api/v1/events/[id]';
const nothing = v.object({});
const done = v.object({ id: v.string() });
const sees = { gate: 'network', scope: 'events:read', rule: 'events.event.see' } as const;
const writes = { gate: 'network', scope: 'events:write' } as const;
const changes = { ...writes, rule: 'events.event.change', audit: true } as const;

const asked = v.object({
	id: v.string(),
	unit: v.object({ id: v.string(), name: v.string() }),
	accepted: v.nullable(v.boolean()),
});

const units: Record<string, Operation> = {
	[`GET ${path}/units`]: operation({
		...sees,
		summary: 'Units that organise too; those only asked, for who organises there or here',
		input: nothing,
		output: v.object({ items: v.array(asked) }),
		act: async (viewer, _, params) => ({
			items: (await showEvent(viewer, params.id!)).coUnits.map(({ id, unitId, name, accepted }) => ({
				...{ id, accepted },
				unit: { id: unitId, name },
			})),
		}),
	}),
	[`POST ${path}/units`]: formVerb(
		{
			...changes,
			summary: 'Ask another unit to organise too; twice is once',
			status: 201,
		},
		AskUnitForm,
		askUnit,
	),
	[`PUT ${path}/units/[asked]/answer`]: operation({
		...writes,
		rule: 'events.co_unit.answer',
		audit: true,
		summary: 'Accept or refuse for the unit that was asked',
		input: v.strictObject({ accept: AnswerUnitForm.entries.accept }),
		output: done,
		act: async (viewer, { accept }, params) => {
			const id = oneOf(params, 'asked');
			await answerUnit(viewer, params.id!, { id, accept });
			return { id };
		},
	}),
	[`DELETE ${path}/units/[asked]`]: operation({
		...changes,
		rule: 'events.co_unit.drop',
		summary: 'Take back what was asked of a unit, or leave for a unit that had accepted',
		input: nothing,
		output: done,
		act: on('asked', (viewer, eventId, id) => dropUnit(viewer, eventId, { id })),
	}),
};

const visitors: Record<string, Operation> = {
	[`GET ${path}/visitors`]: operation({
		...sees,
		rule: 'events.event.readAnswers',
		audit: true,
		summary: 'People without account who come: the name they gave, never their address; for who organises',
		input: nothing,
		output: v.object({
			coming: v.number(),
			waiting: v.number(),
			items: v.array(v.object({ id: v.string(), name: v.string(), answer: v.string(), guests: v.number() })),
		}),
		act: (viewer, _, params) => visitorsOf(viewer, params.id!),
	}),
};

/** Verbs of who takes part besides: units that organise too, people without account. */
export const unitsApi: Record<string, Operation> = { ...units, ...visitors };
