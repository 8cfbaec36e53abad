import type { Domain } from '#platform/domain.ts';
import { api } from './api.ts';
import { judgingApi } from './api-judging.ts';
import { jobs } from './journal/jobs.ts';
import { listeners } from './listen.ts';
import { isApartFrom } from './policy.ts';
import { privacy } from './privacy.ts';

const network = { gate: 'network' } as const;
/** A suspended person reads and appeals what was decided about them. */
const account = { gate: 'account', rule: 'safety.decision.see' } as const;
const apart = { gate: 'network', rule: 'people.person.keepApart' } as const;
const judges = { gate: 'app:moderation', rule: 'safety.report.see' } as const;
const hears = { gate: 'app:moderation', rule: 'safety.appeal.hear' } as const;

/** What the house knows of this domain. */
export const safety: Domain = {
	name: 'safety',
	routes: {
		'GET /securite': account,
		'POST /securite?unblock': network,
		'POST /securite?unmute': network,
		'POST /securite?block': apart,
		'POST /securite?mute': apart,
		'GET /securite/bloquer': apart,
		'POST /securite/bloquer?block': apart,
		'POST /securite/bloquer?mute': apart,
		'GET /securite/signaler': { gate: 'network', rule: 'feed.post.see' },
		'POST /securite/signaler?report': { gate: 'network', rule: 'feed.post.see' },
		'GET /securite/bilan': network,
		'GET /securite/decisions/[id=id]': account,
		'POST /securite/decisions/[id=id]?appeal': { gate: 'account', rule: 'safety.decision.appeal' },
		'GET /compte/donnees': { gate: 'account', rule: 'people.consent.see' },
		'POST /compte/donnees?export': { gate: 'account', rate: 'export', audit: true },
		'POST /compte/donnees?withdraw': { gate: 'account', rule: 'people.consent.withdraw' },
		'POST /compte/donnees?erase': { gate: 'account', audit: true },
		'POST /compte/donnees?keep': { gate: 'account', audit: true },
		'GET /compte/donnees/[id=id]': { gate: 'account' },
		'GET /donnees-personnelles': { gate: 'anyone' },
		'GET /accessibilite': { gate: 'anyone' },
		'GET /moderation': judges,
		'POST /moderation?take': judges,
		'GET /moderation/cas/[kind]/[id=id]': judges,
		'POST /moderation/cas/[kind]/[id=id]?decide': { ...judges, audit: true },
		'GET /moderation/recours/[id=id]': hears,
		'POST /moderation/recours/[id=id]?hear': { ...hears, audit: true },
		'GET /administration/journal': { gate: 'app:journal', rule: 'audit.entry.see', audit: true },
	},
	api: { ...api, ...judgingApi },
	jobs,
	listeners,
	apart: isApartFrom,
	apps: [
		{
			name: 'moderation',
			label: 'safety.moderation',
			icon: 'shield-check',
			href: '/moderation',
			gate: { open: 'office', power: 'posts.moderate' },
			group: 'office',
			position: 340,
		},
		{
			name: 'journal',
			label: 'safety.journal',
			hint: 'safety.journal_hint',
			icon: 'history',
			href: '/administration/journal',
			gate: { open: 'office', power: 'audit.read' },
			group: 'national',
			position: 440,
		},
	],
	privacy,
};
