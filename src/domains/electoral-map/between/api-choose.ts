import * as v from 'valibot';
import { formVerb, type Operation, operation, plainVerb } from '#platform/domain.ts';
import { assign, choose, publishTargets, withdrawTargets } from './choose.ts';
import { clearStation } from './enter.ts';
import { ChooseForm, OpenForm, TurnForm } from './forms.ts';
import { openTally, turnTally } from './open.ts';
import { selectionSheet, selectionsFor } from './selections.ts';

const base = '/api/v1/map';
const answers = { gate: 'app:map-rounds', scope: 'map:write', audit: true } as const;
const sees = { ...answers, rule: 'electoral-map.answered.see' } as const;
const holds = { ...answers, rule: 'electoral-map.selection.see' } as const;
const reads = { gate: 'app:map-rounds', scope: 'map:read', rule: 'electoral-map.selection.see' } as const;
const settles = {
	gate: 'app:map',
	scope: 'map:write',
	rule: 'electoral-map.tally.settle',
	audit: true,
} as const;

const done = v.object({ id: v.string() });
const selection = v.object({
	...{ ...done.entries, name: v.string(), election: v.string(), unit_id: v.string(), stations: v.number() },
	state: v.picklist(['draft', 'published', 'withdrawn']),
});
const unit = v.object({ id: v.string(), name: v.string() });
const target = v.object({
	...{ key: v.string(), place: v.nullable(v.string()), commune: v.string(), rank: v.number() },
	...{ reserve: v.nullable(v.number()), unit: v.nullable(v.string()), offered: v.array(unit) },
});
const given = v.strictObject({
	key: v.pipe(v.string(), v.maxLength(40, 'app.invalid_value')),
	unit: v.nullable(v.pipe(v.string(), v.uuid('app.invalid_value'))),
});

/** What an officer decides between two rounds: each form of those pages, for programs. */
export const chooseApi: Record<string, Operation> = {
	[`POST ${base}/tallies`]: operation({
		...sees,
		summary:
			'Open the entry of an election on a ground that one answers for; lists one a line, a label after `;`',
		status: 201,
		input: v.strictObject(OpenForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await openTally(viewer, input) }),
	}),
	[`PUT ${base}/tallies/[id]/turn`]: formVerb(
		{ ...settles, summary: 'Close an entry, withdraw its figures, or open it again' },
		TurnForm,
		(viewer, id, { turn }) => turnTally(viewer, id, turn),
	),
	[`DELETE ${base}/tallies/[id]/stations/[key]`]: plainVerb(
		{ ...settles, summary: 'Empty a station so that it is typed again' },
		(viewer, id, { key }) => clearStation(viewer, { id, key: key ?? '' }),
	),
	[`GET ${base}/selections`]: operation({
		...reads,
		summary: 'Stations kept for a second round, that one answers for, the last first',
		input: v.object({}),
		output: v.object({ items: v.array(selection) }),
		act: async (viewer) => ({ items: await selectionsFor(viewer) }),
	}),
	[`POST ${base}/selections`]: operation({
		...sees,
		summary: 'Keep stations of a ground that one answers for; nobody else sees it before it is published',
		status: 201,
		input: v.strictObject(ChooseForm.entries),
		output: done,
		act: async (viewer, input) => ({ id: await choose(viewer, input) }),
	}),
	[`GET ${base}/selections/[id]`]: operation({
		...reads,
		summary: 'A selection: its stations, the unit each is given to, and those it may be given to',
		input: v.object({}),
		output: v.object({ selection, targets: v.array(target) }),
		act: (viewer, _input, { id }) => selectionSheet(viewer, id!),
	}),
	[`PUT ${base}/selections/[id]/units`]: formVerb(
		{ ...holds, summary: 'Say which unit goes to which station; null for none' },
		{ entries: { items: v.pipe(v.array(given), v.maxLength(1000, 'app.invalid_value')) } },
		(viewer, id, { items }) =>
			assign(viewer, id, {
				station: items.map(({ key }) => key),
				section: items.map((one) => one.unit ?? ''),
			}),
	),
	[`PUT ${base}/selections/[id]/publication`]: plainVerb(
		{ ...holds, summary: 'Publish a selection: the units that stations are given to are told' },
		publishTargets,
	),
	[`DELETE ${base}/selections/[id]/publication`]: plainVerb(
		{ ...holds, summary: 'Withdraw a selection: nobody else sees it any more' },
		withdrawTargets,
	),
};
