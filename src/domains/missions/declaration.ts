import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { digest } from './digest.ts';
import { ideaApi } from './initiatives/api.ts';
import { ideaRoutes } from './initiatives/declaration.ts';
import { ideaSaid } from './initiatives/index.ts';
import { ideaTeamApi } from './initiatives/team-api.ts';
import { ideaListeners, ideaSights } from './initiatives/tell.ts';
import { jobs } from './jobs.ts';
import { merging } from './merged.ts';
import { petitionApi } from './petitions/api.ts';
import { petitionRoutes } from './petitions/declaration.ts';
import { petitionSaid } from './petitions/index.ts';
import { signatureJobs } from './petitions/mails.ts';
import { privacy } from './privacy.ts';
import { publicJobs, publicRoutes } from './public/declaration.ts';
import { missionSaid } from './queries.ts';
import { listeners, sights } from './tell.ts';

const sees = { gate: 'network', rule: 'missions.mission.see' } as const;
const calls = { gate: 'network', rule: 'missions.caller.see' } as const;
const edits = { gate: 'network', rule: 'missions.mission.edit' } as const;

declareSubjects({
	mission: { told: missionSaid },
	initiative: { told: ideaSaid },
	petition: { told: petitionSaid },
});

/** What the house knows of this domain. */
export const missions: Domain = {
	name: 'missions',
	routes: {
		'GET /missions': sees,
		'POST /missions?enrol': { gate: 'network', rule: 'missions.mission.enrol' },
		'POST /missions?leave': { gate: 'network', rule: 'missions.mission.leave' },
		'GET /missions/nouvelle': calls,
		'POST /missions/nouvelle?create': calls,
		'POST /missions/nouvelle?fromTargets': { gate: 'network', rule: 'missions.caller.official', audit: true },
		'GET /missions/comptes': { gate: 'office', rule: 'missions.caller.tally' },
		'GET /missions/[id=id]': sees,
		'GET /missions/[id=id]/modifier': edits,
		'POST /missions/[id=id]/modifier?change': edits,
		'POST /missions/[id=id]/modifier?cancel': edits,
		'GET /missions/[id=id]/bilan': { gate: 'network', rule: 'missions.mission.attend' },
		'POST /missions/[id=id]/bilan?close': { gate: 'network', rule: 'missions.mission.close' },
		'POST /missions/[id=id]/bilan?attend': { gate: 'network', rule: 'missions.mission.attend' },
		'GET /missions/[id=id]/feuille': { gate: 'network', rule: 'missions.mission.names' },
		'GET /mes-actions': { gate: 'network', rule: 'missions.enrolment.see' },
		...publicRoutes,
		...ideaRoutes,
		...petitionRoutes,
	},
	api: { ...api, ...ideaApi, ...ideaTeamApi, ...petitionApi },
	apps: [
		{
			name: 'missions',
			label: 'missions.app',
			icon: 'footprints',
			href: '/missions',
			gate: { open: 'network' },
			fixed: true,
			group: 'network',
			position: 40,
		},
	],
	jobs: [...jobs, ...publicJobs, ...signatureJobs],
	listeners: [...listeners, ...ideaListeners, ...merging],
	sights: { ...sights, ...ideaSights },
	digest,
	privacy,
};
