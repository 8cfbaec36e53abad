import { asSystem } from '../db.ts';
import type { Domain } from '../domain.ts';
import { own } from './own.ts';

/** Everything kept about a person: by domain, then by table or theme. */
export interface Gathered {
	person: string;
	gatheredAt: Date;
	domains: Record<string, Record<string, unknown[]>>;
}

/** Gathers all that the house holds about a person, in one snapshot of each domain. Nobody else's data is in it. */
export const gather = (domains: readonly Domain[], personId: string): Promise<Gathered> =>
	asSystem('export', async (tx) => {
		const found: Gathered['domains'] = {};
		for (const { name, privacy } of domains) if (privacy) found[name] = await privacy.gather(tx, personId);
		found.platform = await own.gather(tx, personId);
		return { person: personId, gatheredAt: new Date(), domains: found };
	});
