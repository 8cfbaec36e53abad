import { admin } from '#domains/admin/declaration.ts';
import { electoralMap } from '#domains/electoral-map/declaration.ts';
import { events } from '#domains/events/declaration.ts';
import { feed } from '#domains/feed/declaration.ts';
import { friends } from '#domains/friends/declaration.ts';
import { groups } from '#domains/groups/declaration.ts';
import { imports } from '#domains/imports/declaration.ts';
import { messages } from '#domains/messages/declaration.ts';
import { missions } from '#domains/missions/declaration.ts';
import { notices } from '#domains/notices/declaration.ts';
import { declareCircles, declareDigest, declareSights } from '#domains/notices/index.ts';
import { people } from '#domains/people/declaration.ts';
import { profiles } from '#domains/profiles/declaration.ts';
import { safety } from '#domains/safety/declaration.ts';
import { search } from '#domains/search/declaration.ts';
import { territory } from '#domains/territory/declaration.ts';
import { vitals } from '#domains/vitals/declaration.ts';
import { webhooks } from '#domains/webhooks/declaration.ts';
import { type Access, enter, isFresh } from '#platform/access.ts';
import { declareApart } from '#platform/apart.ts';
import { declareApps } from '#platform/apps.ts';
import type { App, Domain, LiveTopic, Operation } from '#platform/domain.ts';
import type { Holders } from '#platform/files/fetch.ts';
import { declareHolders } from '#platform/files/holders.ts';
import { declareWork } from '#platform/jobs.ts';
import { privacyJobs } from '#platform/privacy/index.ts';
import { declareToCall } from '#platform/to-call.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Every domain, lowest floor first. */
export const domains: readonly Domain[] = [
	people,
	territory,
	safety,
	notices,
	friends,
	groups,
	profiles,
	electoralMap,
	events,
	messages,
	feed,
	missions,
	imports,
	admin,
	search,
	vitals,
	webhooks,
];

/** Routes that belong to the house rather than to a domain. */
const house: Record<string, Access> = {
	'GET /': { gate: 'anyone' },
	'GET /theme.css': { gate: 'anyone' },
	'POST /langue': { gate: 'anyone', rate: 'read' },
	'GET /refus/[status]': { gate: 'anyone' },
	'POST /refus/[status]?default': { gate: 'anyone', rate: 'read' },
	'GET /reprendre/[id=id]': { gate: 'account', rule: 'platform.unsent.see' },
	'POST /reprendre/[id=id]?drop': { gate: 'account', rule: 'platform.unsent.drop' },
	'GET /sans-reseau': { gate: 'anyone' },
	'GET /en-attente': { gate: 'anyone' },
	'GET /compte/appareil': { gate: 'account' },
	'GET /partager': { gate: 'network' },
	'GET /ui': { gate: 'anyone', demo: true },
	'GET /demo': { gate: 'anyone', demo: true },
	'POST /demo?enter': { gate: 'anyone', demo: true },
	'GET /dev/mail': { gate: 'anyone', demo: true },
	'GET /health': { gate: 'anyone' },
	'GET /api/v1/openapi.json': { gate: 'anyone' },
	// Each verb of the API counts at its own rate: counted here too, a program would have half of it.
	'* /api/v1/[...path]': { gate: 'anyone', rate: 'read' },
};

/** Every page, action and file route: `METHOD /path` → how it is entered. */
export const routes: Readonly<Record<string, Access>> = Object.assign(
	{},
	house,
	...domains.map((domain) => domain.routes),
);
/** Every verb of the API. */
export const operations: Readonly<Record<string, Operation>> = Object.assign(
	{},
	...domains.map((domain) => domain.api ?? {}),
);
/** Every app, in menu order. */
export const apps: readonly App[] = domains
	.flatMap((domain) => domain.apps ?? [])
	.toSorted((a, b) => a.position - b.position);
/** Every live topic. */
export const live: Readonly<Record<string, LiveTopic>> = Object.assign(
	{},
	...domains.map((domain) => domain.live ?? {}),
);
/** Who may fetch the files of each holder. */
export const holders: Holders = Object.assign({}, ...domains.map((domain) => domain.holders ?? {}));
/** Every power that an office may be given. */
export const powers: readonly string[] = domains.flatMap((domain) => domain.powers ?? []);

/** Hands each part of the house what the domains declare for it. Done once, as this file is read. */
export function declareDomains(): void {
	for (const { apart, calls } of domains) {
		if (apart) declareApart(apart);
		if (calls) declareToCall(calls);
	}
	declareApps({ apps, powers });
	declareHolders(holders);
	declareSights(Object.assign({}, ...domains.map((domain) => domain.sights ?? {})));
	declareDigest(domains.flatMap(({ digest }) => digest ?? []));
	declareCircles(domains.flatMap(({ circles }) => circles ?? []));
	declareWork(
		[...domains.flatMap((domain) => domain.jobs ?? []), ...privacyJobs(domains)],
		domains.flatMap((domain) => domain.listeners ?? []),
	);
}
declareDomains();

const pathOf = (routeId: string) => routeId.replace(/\/\([^)]+\)/g, '') || '/';
const guarded = Object.entries(routes).filter(([route, { stepUp }]) => stepUp && route.startsWith('POST '));

/** Whether acting on this page will ask this viewer for a second factor first: said before anything is typed. */
export const asksFactorToAct = (viewer: Viewer, routeId: string): boolean =>
	!isFresh(viewer) &&
	guarded.some(
		([route, { gate }]) => route.startsWith(`POST ${pathOf(routeId)}?`) && enter(viewer, gate) === 'in',
	);

/** How a request's route was declared, or undefined: then it does not exist. */
export function accessOf(method: string, routeId: string, action: string | null): Access | undefined {
	const path = pathOf(routeId);
	const verb = method === 'HEAD' ? 'GET' : method;
	return routes[`${verb} ${path}${action ? `?${action}` : ''}`] ?? routes[`* ${path}`];
}
