import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { askTransfers, movedOn, TransfersForm } from './moved.ts';

const answers = { gate: 'app:map-rounds', rule: 'electoral-map.answered.see' } as const;
const choice = v.object({ kind: v.string(), name: v.string(), total: v.number() });
const remark = v.object({ key: v.string() });

/** How votes moved, for other programs. */
export const movedApi: Record<string, Operation> = {
	'GET /api/v1/map/transfers': operation({
		...answers,
		scope: 'map:read',
		summary:
			'How votes moved between two rounds of a ground, as ranges; `stale` says that files were replaced, or the ground changed, since it was estimated',
		input: TransfersForm,
		output: v.object({
			state: v.nullable(v.picklist(['waiting', 'ready', 'refused', 'failed'])),
			stale: v.nullable(v.picklist(['files', 'ground'])),
			at: v.nullable(v.string()),
			problems: v.array(remark),
			result: v.nullable(
				v.object({
					from: v.array(choice),
					to: v.array(choice),
					cells: v.array(
						v.object({
							from: v.number(),
							to: v.number(),
							share: v.number(),
							low: v.number(),
							high: v.number(),
						}),
					),
					stations: v.number(),
					registered: v.number(),
					coverage: v.number(),
					heterogeneity: v.number(),
					remarks: v.array(remark),
				}),
			),
		}),
		act: async (viewer, { unit, from, to }) => {
			const shown = await movedOn(viewer, { at: unit, from, to });
			// Rounds that this ground has not are another pair than the one asked for.
			const isAsked = shown.from?.id === from && shown.to?.id === to;
			const { at, ...found } = (isAsked && shown.estimated) || nothing;
			return { ...found, at: at?.toISOString() ?? null };
		},
	}),
	'POST /api/v1/map/transfers': operation({
		...answers,
		audit: true,
		scope: 'map:write',
		summary: 'Has transfers estimated, or estimated anew; a job does it',
		input: TransfersForm,
		output: v.object({ state: v.picklist(['waiting']) }),
		act: async (viewer, pair) => {
			await askTransfers(viewer, pair);
			return { state: 'waiting' };
		},
	}),
};

const nothing = { state: null, result: null, problems: [], at: null, stale: null };
