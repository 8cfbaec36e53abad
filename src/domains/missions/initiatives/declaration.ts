import type { Routes } from '#platform/access.ts';

const may = (ability: string) => ({ gate: 'network', rule: `missions.initiative.${ability}` }) as const;
const page = '/initiatives/[id=id]';

/** Pages and acts of ideas. */
export const ideaRoutes: Routes = {
	'GET /initiatives': may('see'),
	'GET /initiatives/nouvelle': { gate: 'network', rule: 'missions.caller.see' },
	'POST /initiatives/nouvelle?propose': { gate: 'network', rule: 'missions.caller.see' },
	[`GET ${page}`]: may('see'),
	[`POST ${page}?support`]: may('support'),
	[`POST ${page}?withdraw`]: may('withdraw'),
	[`POST ${page}?ask`]: may('join'),
	[`POST ${page}?quit`]: may('quit'),
	[`POST ${page}?accept`]: may('lead'),
	[`POST ${page}?decline`]: may('lead'),
	[`POST ${page}?close`]: may('lead'),
};
