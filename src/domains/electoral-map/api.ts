import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { questionIn } from './pages/asked.ts';
import { explore } from './pages/explore.ts';
import type { StationLine } from './pages/lines.ts';
import { stationSheet } from './pages/station.ts';

const text = v.optional(v.pipe(v.string(), v.maxLength(80)));
const mark = v.nullable(v.picklist(['good', 'fair', 'poor']));
const reason = v.object({
	asked: v.string(),
	toward: v.picklist(['high', 'low']),
	value: v.number(),
	rank: v.number(),
	mean: v.number(),
	margin: v.nullable(v.number()),
});
const station = v.object({
	key: v.string(),
	place: v.nullable(v.string()),
	commune: v.string(),
	rank: v.nullable(v.number()),
	registered: v.nullable(v.number()),
	/** One per criterion; null where there is no figure, or none that may be shown. */
	figures: v.array(v.nullable(reason)),
	thirds: v.array(v.nullable(v.number())),
	quality: mark,
	/** Units that go there between two rounds, by their names. */
	target: v.optional(v.array(v.string())),
});
/** Here, in the commune, and over the unit around. */
const share = v.object({
	here: v.nullable(v.number()),
	there: v.nullable(v.number()),
	wide: v.nullable(v.number()),
});
const fraction = v.nullable(v.object({ parts: v.number(), of: v.number(), sense: v.string() }));

const out = ({ mark: quality, ...line }: StationLine) => ({ ...line, quality });
const sees = { gate: 'app:map', rule: 'electoral-map.place.see', scope: 'map:read' } as const;

export const api: Record<string, Operation> = {
	'GET /api/v1/map/stations': operation({
		...sees,
		summary:
			'Polling stations of your ground, best first for two criteria (`c1`, `c2`: `abstention-high`; `p1`, `p2`: weight from 1 to 5). Census figures are estimates',
		input: v.object({ ou: text, but: text, scrutin: text, c1: text, p1: text, c2: text, p2: text }),
		output: v.object({
			state: v.picklist(['ready', 'no_ground', 'no_results', 'other_round', 'too_wide']),
			/** Communes where the ground has too many stations. */
			by: v.picklist(['station', 'commune']),
			election: v.nullable(v.string()),
			vintage: v.string(),
			example: v.boolean(),
			criteria: v.array(v.object({ asked: v.string(), toward: v.string(), weight: v.number() })),
			items: v.array(station),
		}),
		act: async (viewer, asked) => {
			const given = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined);
			const { lines, ...found } = await explore(viewer, questionIn(new URLSearchParams(given)));
			return { ...found, items: lines.map(out) };
		},
	}),
	'GET /api/v1/map/stations/[key]': operation({
		...sees,
		summary:
			'A polling station: its rounds and profile beside the town and the unit around, its neighbours, stations like it where we do better',
		input: v.object({ scrutin: text }),
		output: v.object({
			station,
			commune: v.string(),
			/** Its commune is of before a merger; the one of today, when it is known. */
			merged: v.nullable(v.object({ commune: v.nullable(v.string()) })),
			/** Where its voters go, as the list of that year says; no year for places made up to show. */
			place: v.nullable(v.object({ name: v.string(), address: v.string(), vintage: v.nullable(v.string()) })),
			/** Stations of this commune that results still tell under a former one. */
			left: v.array(
				v.object({ key: v.string(), commune: v.string(), election: v.string(), told: v.boolean() }),
			),
			reference: v.nullable(v.object({ id: v.string(), name: v.string() })),
			example: v.boolean(),
			rounds: v.array(
				v.object({
					election: v.object({ id: v.string() }),
					registered: v.number(),
					abstention: share,
					ours: share,
					candidates: v.array(
						v.object({
							name: v.string(),
							nuance: v.nullable(v.string()),
							family: v.nullable(v.string()),
							share: v.number(),
						}),
					),
					ground: v.picklist(['same', 'redrawn', 'unsure']),
				}),
			),
			profile: v.array(
				v.object({
					theme: v.string(),
					comparison: v.string(),
					here: fraction,
					there: fraction,
					wide: fraction,
					margin: v.nullable(v.number()),
					counted: v.string(),
					year: v.nullable(v.number()),
				}),
			),
			neighbours: v.array(v.string()),
			alike: v.object({
				state: v.picklist(['found', 'nowhere_better', 'no_ours', 'no_profile']),
				election: v.nullable(v.object({ id: v.string() })),
				unexplained: v.nullable(v.object({ gap: v.number(), usual: v.number(), stations: v.number() })),
				list: v.array(
					v.object({
						commune: v.string(),
						unit: v.object({ id: v.string(), name: v.string() }),
						share: v.number(),
						better: v.number(),
						traits: v.array(v.object({ theme: v.string(), here: v.number(), there: v.number() })),
						/** Told to those who may open its sheet. */
						station: v.nullable(v.object({ key: v.string() })),
					}),
				),
			}),
		}),
		act: async (viewer, { scrutin = null }, { key }) => {
			const { around, station: line, ...sheet } = await stationSheet(viewer, key ?? '', scrutin);
			return { ...sheet, station: out(line), example: around.example };
		},
	}),
};
