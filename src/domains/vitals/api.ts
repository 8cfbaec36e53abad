import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import { signs } from './signs.ts';

const unit = { id: v.string(), name: v.string(), people: v.number() };
const listed = <Entries extends v.ObjectEntries>(entries: Entries) =>
	v.object({ count: v.number(), rows: v.array(v.object(entries)) });

export const api: Record<string, Operation> = {
	'GET /api/v1/signs': operation({
		gate: 'app:responsibilities',
		rule: 'territory.visits.see',
		scope: 'units:read',
		summary:
			'Signs that your units go quiet: no officer, no word for 60 days, people who came once, answers owed. Counts stop at 101; nobody is named',
		input: v.object({}),
		output: v.object({
			unled: listed({ ...unit, claims: v.number() }),
			silent: listed({ ...unit, since: v.nullable(v.string()) }),
			once: listed({ ...unit, once: v.number() }),
			late: v.array(
				v.object({
					kind: v.string(),
					id: v.nullable(v.string()),
					unitId: v.nullable(v.string()),
					n: v.number(),
					since: v.string(),
				}),
			),
		}),
		act: (viewer) => signs(viewer),
	}),
};
