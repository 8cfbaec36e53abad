import type { Access, Routes } from '#platform/access.ts';
import type { App } from '#platform/domain.ts';
import { entryAt, roundsAt } from './said.ts';

const gate = 'app:map-rounds';
const answers: Access = { gate, rule: 'electoral-map.answered.see' };
const edits: Access = { gate, rule: 'electoral-map.selection.see', audit: true };
const types: Access = { gate: 'app:map', rule: 'electoral-map.tally.see' };
const settles: Access = { gate: 'app:map', rule: 'electoral-map.tally.settle', audit: true };
const selection = `${roundsAt}/cibles/[id=id]`;
const tally = `${entryAt}/[id=id]`;

/** Pages between two rounds: for officers, and the entry for all who look at that ground. */
export const betweenRoutes: Routes = {
	[`GET ${roundsAt}`]: answers,
	[`POST ${roundsAt}?open`]: { ...answers, audit: true },
	[`POST ${roundsAt}?choose`]: { ...answers, audit: true },
	[`GET ${roundsAt}/reports`]: answers,
	[`POST ${roundsAt}/reports?compute`]: { ...answers, audit: true },
	[`GET ${selection}`]: { gate, rule: 'electoral-map.selection.see' },
	[`GET ${selection}/liste.csv`]: { gate, rule: 'electoral-map.selection.see' },
	[`POST ${selection}?assign`]: edits,
	[`POST ${selection}?publish`]: edits,
	[`POST ${selection}?withdraw`]: edits,
	[`GET ${entryAt}`]: types,
	[`GET ${tally}`]: types,
	[`POST ${tally}?turn`]: settles,
	[`GET ${tally}/[key]`]: types,
	[`POST ${tally}/[key]?enter`]: types,
	[`POST ${tally}/[key]?clear`]: settles,
};

/** For whoever answers for a unit. */
export const betweenApp: App = {
	name: 'map-rounds',
	label: 'electoral-map.rounds_app',
	icon: 'vote',
	href: roundsAt,
	gate: { open: 'office', power: 'unit.edit' },
	group: 'office',
	position: 44,
};
