import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { regrade } from './counts.ts';

/** A membership that begins, changes or ends elsewhere is counted here. */
export const countListeners: Listener<{ id: string }>[] = [
	{
		to: 'people.membership_changed',
		name: 'territory.on_membership',
		hear: ({ id }) => asSystem('count', (tx) => regrade(tx, id)),
	},
];
