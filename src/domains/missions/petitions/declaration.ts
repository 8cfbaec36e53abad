import type { Routes } from '#platform/access.ts';

const page = '/petitions/[id=id]';
const link = { gate: 'anyone' } as const;

/** Pages and acts of petitions: public, but for who leads them. */
export const petitionRoutes: Routes = {
	'GET /petitions': { gate: 'anyone', rule: 'missions.petition.see' },
	'GET /petitions/nouvelle': { gate: 'network', rule: 'missions.caller.see' },
	'POST /petitions/nouvelle?launch': { gate: 'network', rule: 'missions.caller.see' },
	[`GET ${page}`]: { gate: 'anyone', rule: 'missions.petition.see' },
	[`POST ${page}?sign`]: { gate: 'network', rule: 'missions.petition.sign' },
	[`POST ${page}?unsign`]: { gate: 'network', rule: 'missions.petition.unsign' },
	[`POST ${page}?visitor`]: { gate: 'anyone', rule: 'missions.petition.sign' },
	[`POST ${page}?settle`]: { gate: 'network', rule: 'missions.petition.close' },
	[`POST ${page}?reopen`]: { gate: 'network', rule: 'missions.petition.reopen' },
	[`POST ${page}/signatures.csv`]: {
		...{ gate: 'network', rule: 'missions.petition.export' },
		...{ rate: 'export', audit: true },
	},
	'GET /petitions/confirmer/[token]': link,
	'POST /petitions/confirmer/[token]?confirm': link,
	'POST /petitions/confirmer/[token]?retract': link,
};
