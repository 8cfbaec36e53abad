import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { api } from './api.ts';
import { aroundApi } from './around/api.ts';
import { calendarRoutes } from './calendar/declaration.ts';
import { coverApi, coverHolder, coverRoutes, seesCover } from './cover.ts';
import { digest } from './digest.ts';
import { doorApi } from './door/api.ts';
import { doorRoutes } from './door/declaration.ts';
import { jobs } from './jobs.ts';
import { listeners } from './listen.ts';
import { somethingChanged } from './live.ts';
import { nearRoutes } from './near/declaration.ts';
import { callsApi } from './print/api.ts';
import { printRoutes } from './print/declaration.ts';
import { privacy } from './privacy.ts';
import { reportApi } from './report/api.ts';
import { reportRoutes } from './report/declaration.ts';
import { drawPicture, seesPicture } from './report/index.ts';
import { reportJobs, reportListeners } from './report/tell.ts';
import { saidOfEvent } from './said.ts';
import { sights } from './tell.ts';

const sees = { gate: 'network', rule: 'events.event.see' } as const;
const answers = { gate: 'network', rule: 'events.event.answer' } as const;
const changes = { gate: 'network', rule: 'events.event.change', audit: true } as const;
const invites = { gate: 'network', rule: 'events.event.invite', audit: true } as const;
const hosts = { gate: 'network', rule: 'events.host.see' } as const;
const visits = { gate: 'anyone', rule: 'events.event.visit' } as const;

declareSubjects({ event: { told: saidOfEvent } });

/** What the house knows of this domain. */
export const events: Domain = {
	name: 'events',
	routes: {
		'GET /agenda': sees,
		'GET /evenements/nouveau': hosts,
		'POST /evenements/nouveau?create': { ...hosts, audit: true },
		'GET /evenements/[id=id]': sees,
		'POST /evenements/[id=id]?answer': answers,
		'POST /evenements/[id=id]?confirm': answers,
		'POST /evenements/[id=id]?takeShift': answers,
		'POST /evenements/[id=id]?leaveShift': answers,
		'POST /evenements/[id=id]?addShift': changes,
		'POST /evenements/[id=id]?dropShift': changes,
		'POST /evenements/[id=id]?ask': { ...sees, rule: 'events.event.ask' },
		'POST /evenements/[id=id]?reply': { ...sees, rule: 'events.question.answer' },
		'POST /evenements/[id=id]?dropQuestion': { ...sees, rule: 'events.question.remove' },
		'POST /evenements/[id=id]?answerUnit': { ...sees, rule: 'events.co_unit.answer', audit: true },
		'GET /evenements/[id=id]/modifier': changes,
		'POST /evenements/[id=id]/modifier?change': changes,
		'POST /evenements/[id=id]/modifier?cancel': { ...changes, rule: 'events.event.cancel' },
		'GET /evenements/[id=id]/inviter': invites,
		'POST /evenements/[id=id]/inviter?inviteUnit': invites,
		'POST /evenements/[id=id]/inviter?inviteGroup': invites,
		'POST /evenements/[id=id]/inviter?invitePerson': invites,
		'POST /evenements/[id=id]/inviter?askUnit': changes,
		'POST /evenements/[id=id]/inviter?dropUnit': { ...changes, rule: 'events.co_unit.drop' },
		'GET /evenements/[id=id]/reponses': { ...sees, rule: 'events.event.readAnswers', audit: true },
		'GET /e/[id=id]': { gate: 'anyone', rule: 'events.event.see' },
		'POST /e/[id=id]?visit': visits,
		// By the secret of a mail's link, also once the event is not public any more.
		'GET /e/[id=id]/ma-place': { gate: 'anyone' },
		'POST /e/[id=id]/ma-place?confirm': visits,
		'POST /e/[id=id]/ma-place?cancel': { gate: 'anyone' },
		...calendarRoutes,
		...coverRoutes,
		...doorRoutes,
		...nearRoutes,
		...printRoutes,
		...reportRoutes,
	},
	api: { ...api, ...aroundApi, ...coverApi, ...doorApi, ...callsApi, ...reportApi },
	apps: [
		{
			name: 'agenda',
			label: 'events.agenda',
			icon: 'calendar-days',
			href: '/agenda',
			gate: { open: 'network' },
			fixed: true,
			waits: { kinds: ['event_invited'], label: 'events.invited_n' },
			group: 'network',
			position: 20,
		},
	],
	jobs: [
		...jobs,
		...reportJobs,
		{ name: 'events.picture', policy: 'house', work: drawPicture } as JobDefinition<never>,
	],
	holders: { 'events.report': seesPicture, [coverHolder]: seesCover },
	listeners: [...listeners, ...reportListeners],
	live: { events: somethingChanged },
	sights,
	digest,
	privacy,
};
