import type { Routes } from '#platform/access.ts';
import type { App } from '#platform/domain.ts';

const page = { gate: 'anyone', rule: 'territory.unit.see' } as const;
const inside = { gate: 'network', rule: 'territory.unit.see' } as const;
const members = { gate: 'network', rule: 'territory.unit.listMembers', audit: true } as const;
const welcomes = { gate: 'office', rule: 'territory.unit.welcome', audit: true } as const;
const edits = { gate: 'office', rule: 'territory.unit.edit', audit: true } as const;
const shapes = { gate: 'office', rule: 'territory.unit.createBelow', audit: true } as const;
const arranges = { gate: 'office', rule: 'territory.unit.arrange', audit: true } as const;
const invites = { gate: 'network', rule: 'territory.unit.invite' } as const;

/** Pages of units, of who belongs to them, and of invitations. */
export const unitRoutes: Routes = {
	'GET /sections': page,
	'GET /sections/[slug=slug]': page,
	'POST /sections/[slug=slug]?write': page,
	'GET /communes': { gate: 'anyone', rate: 'search' },
	'GET /invitation/[code]': { gate: 'anyone', rate: 'search' },
	'GET /ma-section': { gate: 'network' },
	'GET /unites/[id=id]': inside,
	'POST /unites/[id=id]?join': { gate: 'network', rule: 'territory.unit.join' },
	'POST /unites/[id=id]?leave': { gate: 'network', rule: 'territory.unit.see' },
	'GET /unites/[id=id]/membres': members,
	'POST /unites/[id=id]/membres?welcome': welcomes,
	'POST /unites/[id=id]/membres?unwelcome': welcomes,
	'POST /unites/[id=id]/membres?confirm': welcomes,
	'POST /unites/[id=id]/membres?unconfirm': welcomes,
	'GET /unites/[id=id]/modifier': edits,
	'POST /unites/[id=id]/modifier?save': edits,
	'GET /unites/[id=id]/structure': shapes,
	'POST /unites/[id=id]/structure?create': shapes,
	'POST /unites/[id=id]/structure?rename': shapes,
	'POST /unites/[id=id]/structure?move': arranges,
	'POST /unites/[id=id]/structure?cover': arranges,
	'POST /unites/[id=id]/structure?close': arranges,
	'POST /unites/[id=id]/structure?reopen': arranges,
	'GET /unites/[id=id]/inviter': invites,
	'POST /unites/[id=id]/inviter?create': invites,
	'POST /unites/[id=id]/inviter?revoke': invites,
};

/** The page of one's own unit, in the menu. */
export const unitApp: App = {
	name: 'unit',
	label: 'territory.unit_app',
	short: 'territory.unit_app_short',
	icon: 'users',
	href: '/ma-section',
	gate: { open: 'network' },
	fixed: true,
	group: 'network',
	position: 10,
};
