import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { enter } from './enter.ts';
import { targetsOf } from './selections.ts';
import { talliesFor, tallySheet } from './tallies.ts';

const figure = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999_999));
const standing = v.picklist(['none', 'once', 'differs', 'agreed', 'decided']);
const types = { gate: 'app:map', rule: 'electoral-map.tally.see', scope: 'map:read' } as const;

/** Between two rounds, for other programs. */
export const betweenApi: Record<string, Operation> = {
	'GET /api/v1/map/targets': operation({
		gate: 'app:map',
		rule: 'electoral-map.target.see',
		scope: 'map:read',
		summary: 'Polling stations given to a unit of yours before a second round, where to go first',
		input: v.object({ unit: v.pipe(v.string(), v.uuid()) }),
		output: v.object({
			items: v.array(
				v.object({
					key: v.string(),
					place: v.nullable(v.string()),
					commune: v.string(),
					rank: v.number(),
					reserve: v.nullable(v.number()),
				}),
			),
		}),
		act: async (viewer, { unit }) => ({ items: await targetsOf(viewer, unit) }),
	}),
	'GET /api/v1/map/tallies': operation({
		...types,
		summary: 'Entries of results by station on your ground, and how far each is',
		input: v.object({}),
		output: v.object({
			items: v.array(
				v.object({
					id: v.string(),
					election: v.string(),
					place: v.string(),
					state: v.picklist(['open', 'closed', 'withdrawn']),
					stations: v.number(),
					settled: v.number(),
				}),
			),
		}),
		act: async (viewer) => ({ items: await talliesFor(viewer) }),
	}),
	'GET /api/v1/map/tallies/[id]': operation({
		...types,
		summary: 'Stations of an entry: which are counted, which wait for one more person',
		input: v.object({}),
		output: v.object({
			lists: v.array(v.string()),
			stations: v.array(
				v.object({ key: v.string(), place: v.nullable(v.string()), standing, mine: v.boolean() }),
			),
		}),
		act: async (viewer, _, { id }) => {
			const { tally, stations } = await tallySheet(viewer, id ?? '');
			return { lists: tally.candidates.map(({ name }) => name), stations };
		},
	}),
	'PUT /api/v1/map/tallies/[id]/stations/[key]': operation({
		...types,
		scope: 'map:write',
		summary: 'Enters what a station counted, as you read it; it counts once somebody else entered the same',
		input: v.object({
			registered: figure,
			voters: figure,
			blank: figure,
			spoilt: figure,
			votes: v.pipe(v.array(figure), v.maxLength(60)),
		}),
		output: v.object({ standing }),
		act: async (viewer, input, { id, key }) => ({
			standing: await enter(viewer, { id: id ?? '', key: key ?? '' }, input),
		}),
	}),
};
