import type { Domain } from '#platform/domain.ts';
import { jobs } from './jobs.ts';
import { somethingNew } from './live.ts';
import { seesFile } from './policy.ts';
import { listeners, sights } from './tell.ts';

/** What the house knows of this domain. */
export const messages: Domain = {
	name: 'messages',
	routes: {},
	jobs,
	listeners,
	sights,
	live: { messages: somethingNew },
	holders: { 'messages.message': seesFile },
};
