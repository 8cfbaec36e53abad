import type { Privacy } from '#platform/domain.ts';
import { belongingPrivacy } from './belonging/privacy.ts';
import { officesPrivacy } from './offices/privacy.ts';

const parts = [officesPrivacy, belongingPrivacy];

/** What the territory keeps about people: offices first, for a term that ends still knows its unit. */
export const territoryPrivacy: Privacy = {
	tables: Object.assign({}, ...parts.map(({ tables }) => tables)),
	said: Object.assign({}, ...parts.map(({ said }) => said)),
	gather: async (tx, personId) => {
		const gathered: Record<string, unknown[]> = {};
		for (const part of parts) Object.assign(gathered, await part.gather(tx, personId));
		return gathered;
	},
	erase: async (tx, personId) => {
		for (const part of parts) await part.erase(tx, personId);
	},
	retain: async (tx, now, dry) => {
		const touched: Record<string, number> = {};
		for (const part of parts) Object.assign(touched, await part.retain?.(tx, now, dry));
		return touched;
	},
};
