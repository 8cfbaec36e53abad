import type { Access, Routes } from '#platform/access.ts';
import type { App } from '#platform/domain.ts';

/** Apps of the officers; each gate is the organisation's to change. */
export const officeApps: App[] = [
	{
		name: 'week',
		label: 'territory.office_week_app',
		icon: 'clock',
		href: '/mes-20-minutes',
		gate: { open: 'office' },
		group: 'office',
		position: 300,
	},
	{
		name: 'responsibilities',
		label: 'territory.office_mine',
		icon: 'key-round',
		href: '/responsabilites',
		gate: { open: 'office' },
		group: 'office',
		position: 310,
	},
	{
		name: 'levels',
		label: 'territory.kind_app',
		hint: 'territory.kind_app_hint',
		icon: 'network',
		href: '/administration/niveaux',
		gate: { open: 'office', power: 'kinds.edit' },
		group: 'national',
		position: 410,
	},
	{
		name: 'rights',
		label: 'territory.office_rights_app',
		hint: 'territory.office_rights_hint',
		icon: 'scale',
		href: '/administration/droits',
		gate: { open: 'office' },
		group: 'national',
		position: 420,
	},
	{
		name: 'gates',
		label: 'territory.gate_app',
		hint: 'territory.gate_app_hint',
		icon: 'lock',
		href: '/administration/apps',
		gate: { open: 'office', power: 'gates.edit' },
		group: 'national',
		position: 430,
	},
];

const bureau = '/unites/[id=id]/bureau';
const passing = `${bureau}/passation`;
const levels = '/administration/niveaux';

// Naming, ending, lending, deciding who may what: a second factor given within ten minutes, and an entry in the journal.
const act = (gate: Access['gate'], rule: string): Access => ({ gate, rule, stepUp: true, audit: true });
// Reading asks for nothing more than the office: the layout says in advance which pages will ask for a factor to act.
const page = (gate: Access['gate'], rule: string): Access => ({ gate, rule });
const find: Access = { gate: 'office', rule: 'territory.bureau.appoint', rate: 'search' };
const kindAct = act('app:levels', 'territory.unit_kind.edit');
const officeAct = act('app:levels', 'territory.office.edit');

export const officeRoutes: Routes = {
	[`GET ${bureau}`]: { gate: 'network', rule: 'territory.term.see' },
	[`POST ${bureau}?claim`]: { gate: 'members', rule: 'territory.bureau.claim', audit: true },
	[`POST ${bureau}?withdraw`]: { gate: 'network', rule: 'territory.claim.withdraw' },
	[`POST ${bureau}?end`]: act('office', 'territory.term.end'),
	[`GET ${bureau}/nommer`]: page('office', 'territory.bureau.appoint'),
	[`POST ${bureau}/nommer?find`]: find,
	[`POST ${bureau}/nommer?appoint`]: act('office', 'territory.bureau.appoint'),
	[`GET ${passing}`]: page('office', 'territory.term.handOver'),
	[`POST ${passing}?find`]: { gate: 'office', rule: 'territory.term.handOver', rate: 'search' },
	[`POST ${passing}?propose`]: act('office', 'territory.term.handOver'),
	[`GET ${passing}/[handover=id]`]: { gate: 'network', rule: 'territory.handover.see' },
	[`POST ${passing}/[handover=id]?accept`]: {
		gate: 'network',
		rule: 'territory.handover.accept',
		audit: true,
	},
	[`POST ${passing}/[handover=id]?confirm`]: act('office', 'territory.handover.confirm'),
	[`POST ${passing}/[handover=id]?cancel`]: {
		gate: 'network',
		rule: 'territory.handover.cancel',
		audit: true,
	},
	'GET /mes-20-minutes': page('app:week', 'territory.claim.decide'),
	'POST /mes-20-minutes?decide': act('app:week', 'territory.claim.decide'),
	'POST /mes-20-minutes?welcome': { gate: 'app:week', rule: 'territory.unit.welcome', audit: true },
	'GET /responsabilites': page('app:responsibilities', 'territory.claim.decide'),
	'POST /responsabilites?decide': act('app:responsibilities', 'territory.claim.decide'),
	'GET /responsabilites/sans-responsable': { gate: 'app:responsibilities', rule: 'territory.bureau.appoint' },
	'GET /responsabilites/acces': { ...page('app:responsibilities', 'people.recovery.see'), audit: true },
	'POST /responsabilites/acces?vouch': act('app:responsibilities', 'people.recovery.vouch'),
	'POST /responsabilites/acces?refuse': act('app:responsibilities', 'people.recovery.vouch'),
	'GET /responsabilites/prets': page('app:responsibilities', 'territory.loan.see'),
	'POST /responsabilites/prets?find': {
		gate: 'app:responsibilities',
		rule: 'territory.bureau.lend',
		rate: 'search',
	},
	'POST /responsabilites/prets?lend': act('app:responsibilities', 'territory.bureau.lend'),
	'POST /responsabilites/prets?end': act('app:responsibilities', 'territory.loan.end'),
	[`GET ${levels}`]: page('app:levels', 'territory.unit_kind.edit'),
	[`POST ${levels}?create`]: kindAct,
	[`POST ${levels}?move`]: kindAct,
	[`GET ${levels}/[kind=id]`]: page('app:levels', 'territory.unit_kind.edit'),
	[`POST ${levels}/[kind=id]?edit`]: kindAct,
	[`POST ${levels}/[kind=id]?remove`]: kindAct,
	[`POST ${levels}/[kind=id]?moveOffice`]: officeAct,
	[`GET ${levels}/[kind=id]/nouvelle`]: page('app:levels', 'territory.unit_kind.edit'),
	[`POST ${levels}/[kind=id]/nouvelle?create`]: kindAct,
	[`GET ${levels}/[kind=id]/[office=id]`]: page('app:levels', 'territory.office.edit'),
	[`POST ${levels}/[kind=id]/[office=id]?edit`]: officeAct,
	[`POST ${levels}/[kind=id]/[office=id]?retire`]: officeAct,
	'GET /administration/droits': { gate: 'app:rights', rule: 'territory.term.see' },
	'GET /administration/apps': page('app:gates', 'territory.gate.see'),
	'POST /administration/apps?preview': { gate: 'app:gates', rule: 'territory.gate.see', rate: 'search' },
	'POST /administration/apps?edit': act('app:gates', 'territory.gate.edit'),
};
