import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { putBack } from './settle.ts';
import { shelf } from './shelf.ts';

const Source = v.object({
	id: v.string(),
	kind: v.string(),
	vintage: v.string(),
	election: v.nullable(v.string()),
	state: v.picklist(['current', 'past']),
	by: v.string(),
	at: v.string(),
	file: v.string(),
	counts: v.record(v.string(), v.number()),
	report: v.record(v.string(), v.unknown()),
});

/** What is loaded, for other programs. */
export const loadingApi: Record<string, Operation> = {
	'GET /api/v1/map/sources': operation({
		gate: 'app:map-files',
		rule: 'electoral-map.source.see',
		scope: 'map',
		summary: 'Files of the electoral map: current versions, and earlier ones that can be put back',
		input: v.object({}),
		output: v.object({ sources: v.array(Source), missing: v.array(v.string()) }),
		act: async (viewer) => {
			const { held, missing } = await shelf(viewer);
			return { sources: held, missing };
		},
	}),
	'POST /api/v1/map/sources/[id]/restore': operation({
		gate: 'app:map-files',
		rule: 'electoral-map.source.restore',
		audit: true,
		scope: 'map',
		summary: 'Puts an earlier version back as the current one',
		input: v.object({}),
		output: v.object({}),
		act: async (viewer, _, { id }) => {
			await putBack(viewer, { id: id ?? '' });
			return {};
		},
	}),
};
