import { declareSubjects } from '#domains/safety/index.ts';
import type { Domain } from '#platform/domain.ts';
import { declareTie } from '#platform/ties.ts';
import { api } from './api.ts';
import { coverApi } from './api-cover.ts';
import { peopleApi } from './api-people.ts';
import { coverHolder, seesCover } from './cover.ts';
import { jobs } from './jobs.ts';
import { linksApi } from './links/api.ts';
import { listeners, sights } from './listen.ts';
import { tie } from './policy.ts';
import { privacy } from './privacy.ts';
import { ownGroups } from './queries.ts';
import { reportedGroup } from './reported.ts';
import { api as subjectsApi } from './subjects/api.ts';
import { proposalsApi } from './subjects/api-proposals.ts';

const sees = { gate: 'network', rule: 'groups.circle.see' } as const;
const leads = { gate: 'network', rule: 'groups.circle.lead' } as const;

const keeps = { gate: 'office', rule: 'groups.subject_keeper.see' } as const;
const changes = { ...keeps, audit: true } as const;

declareTie('groups', tie);

declareSubjects({ group: reportedGroup });

/** What the house knows of this domain. */
export const groups: Domain = {
	name: 'groups',
	routes: {
		'GET /groupes': sees,
		'GET /groupes/nouveau': { gate: 'network', rule: 'territory.unit.edit' },
		'POST /groupes/nouveau?similar': { ...sees, rate: 'search' },
		'POST /groupes/nouveau?create': { gate: 'network', rate: 'write' },
		'GET /groupes/[id=id]': sees,
		'POST /groupes/[id=id]?join': { gate: 'network', rule: 'groups.circle.join' },
		'POST /groupes/[id=id]?ask': { gate: 'network', rule: 'groups.circle.ask' },
		'POST /groupes/[id=id]?accept': sees,
		'POST /groupes/[id=id]?decline': sees,
		'POST /groupes/[id=id]?withdraw': sees,
		'POST /groupes/[id=id]?leave': sees,
		'POST /groupes/[id=id]?revive': { gate: 'network', rule: 'groups.circle.revive' },
		'POST /groupes/[id=id]?thank': { gate: 'network', rule: 'feed.post.thank' },
		'POST /groupes/[id=id]?vote': { gate: 'network', rule: 'feed.post.vote' },
		'GET /groupes/[id=id]/membres': { gate: 'network', rule: 'groups.circle.meet' },
		'POST /groupes/[id=id]/membres?invite': { gate: 'network', rule: 'groups.circle.invite' },
		'POST /groupes/[id=id]/membres?uninvite': leads,
		'POST /groupes/[id=id]/membres?admit': leads,
		'POST /groupes/[id=id]/membres?refuse': leads,
		'POST /groupes/[id=id]/membres?reconsider': leads,
		'POST /groupes/[id=id]/membres?exclude': { ...leads, audit: true },
		'POST /groupes/[id=id]/membres?readmit': { ...leads, audit: true },
		'POST /groupes/[id=id]/membres?succeed': leads,
		'POST /groupes/[id=id]/membres?handOver': leads,
		'GET /groupes/[id=id]/modifier': leads,
		'POST /groupes/[id=id]/modifier?edit': { ...leads, audit: true },
		'POST /groupes/[id=id]/modifier?cover': { ...leads, audit: true, rate: 'upload' },
		'POST /groupes/[id=id]/modifier?dropCover': { ...leads, audit: true },
		'GET /groupes/[id=id]/liens': leads,
		'POST /groupes/[id=id]/liens?make': { ...leads, audit: true },
		'POST /groupes/[id=id]/liens?end': { ...leads, audit: true },
		'GET /rejoindre/[code]': { gate: 'anyone', rate: 'search' },
		'POST /rejoindre/[code]?follow': { gate: 'network', rate: 'search' },
		'GET /sujets': sees,
		'POST /sujets?follow': { gate: 'network' },
		'POST /sujets?unfollow': { gate: 'network' },
		'GET /sujets/[slug]': sees,
		'POST /sujets/[slug]?follow': { gate: 'network' },
		'POST /sujets?show': { gate: 'network' },
		'POST /sujets?quiet': { gate: 'network' },
		'POST /sujets?propose': { gate: 'network', rate: 'write' },
		'POST /sujets?withdraw': { gate: 'network', rule: 'groups.proposal.withdraw' },
		'GET /administration/sujets': keeps,
		'POST /administration/sujets?add': changes,
		'POST /administration/sujets?move': changes,
		'POST /administration/sujets?retire': changes,
		'POST /administration/sujets?restore': changes,
		'POST /administration/sujets?part': changes,
		'POST /administration/sujets?accept': { ...changes, rule: 'groups.proposal.answer' },
		'POST /administration/sujets?answer': { ...changes, rule: 'groups.proposal.answer' },
		'GET /administration/sujets/[id=id]': keeps,
		'POST /administration/sujets/[id=id]?rename': changes,
		'POST /administration/sujets/[id=id]?merge': changes,
	},
	api: { ...api, ...peopleApi, ...coverApi, ...linksApi, ...subjectsApi, ...proposalsApi },
	jobs,
	holders: { [coverHolder]: seesCover },
	listeners,
	circles: ownGroups,
	sights,
	apps: [
		{
			name: 'groups',
			label: 'groups.app',
			icon: 'users',
			href: '/groupes',
			gate: { open: 'network' },
			fixed: true,
			group: 'network',
			position: 50,
		},
		{
			name: 'subjects',
			label: 'groups.subjects_app',
			icon: 'tag',
			href: '/sujets',
			gate: { open: 'network' },
			fixed: true,
			group: 'network',
			position: 55,
		},
	],
	privacy,
};
