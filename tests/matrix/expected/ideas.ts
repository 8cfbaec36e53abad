import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, both, type Crowd, crowd, over } from '../who.ts';
import { missionReaders } from './missions.ts';

const answering = over.villebrume.speak;
const leads = both(any('odile'), answering);
/** Who reads an idea in each state. */
export const ideaReaders = {
	own: missionReaders.own,
	hidden: any('odile'),
	closed: missionReaders.official,
};
const route = '/initiatives/[id=id]';

/** Ideas of Villebrume: Odile's, where Mathis is of the team and Gérard asks to be; one hidden; one closed. */
export function ideas({ initiative }: Things): Target[] {
	const own = `/initiatives/${initiative.own}`;
	const rule = (some: Crowd) => ({ in: some, forbidden: ideaReaders.own });
	const person = { person: idOf('gerard') };
	const inTeam = any('odile', 'mathis', 'gerard');
	const outside = ideaReaders.own.filter((guise) => !inTeam.includes(guise));
	return [
		at('GET /initiatives', 'list', '/initiatives', { finds: { 'canary-idea-own': ideaReaders.own } }),
		...(['own', 'hidden', 'closed'] as const).map((state) =>
			at(`GET ${route}`, `idea ${state}`, `/initiatives/${initiative[state]}`, { in: ideaReaders[state] }),
		),
		at(`POST ${route}?support`, 'idea own', own, rule(ideaReaders.own)),
		at(`POST ${route}?support`, 'idea closed', `/initiatives/${initiative.closed}`, {
			in: crowd.nobody,
			forbidden: ideaReaders.closed,
		}),
		at(`POST ${route}?withdraw`, 'idea own', own, rule(any('mathis'))),
		at(`POST ${route}?ask`, 'idea own', own, rule(outside)),
		at(`POST ${route}?quit`, 'idea own', own, rule(inTeam)),
		at(`POST ${route}?accept`, 'idea own', own, { ...rule(leads), body: person }),
		at(`POST ${route}?decline`, 'idea own', own, { ...rule(leads), body: person }),
		at(`POST ${route}?close`, 'idea own', own, rule(leads)),
		...proposing(initiative.own),
		...forPrograms(initiative.own),
	];
}

function proposing(id: string): Target[] {
	const members = any('odile', 'samuel', 'gerard');
	const body = { unit: idOf('villebrume'), title: 'Une idée', text: 'Du pain', audience: 'unit' };
	const call = { ...body, kind: 'doors', place: 'Rue Basse', needed: '4', initiative: id };
	return [
		at('GET /initiatives/nouvelle', 'form', '/initiatives/nouvelle'),
		at('POST /initiatives/nouvelle?propose', 'own idea', '/initiatives/nouvelle', {
			in: both(members, answering),
			body,
		}),
		at('POST /missions/nouvelle?create', 'of an idea', '/missions/nouvelle', {
			in: leads,
			forbidden: members,
			body: { ...call, day: '2027-11-20', starts: '18:00', ends: '20:00' },
			rules: ['missions.initiative.call'],
		}),
	];
}

function forPrograms(id: string): Target[] {
	const base = '/api/v1/initiatives';
	const seen = ideaReaders.own;
	return [
		at('GET /api/v1/search', 'ideas', '/api/v1/search?in=initiatives&q=canary', {
			in: crowd.network,
			finds: { 'canary-idea-own': ideaReaders.own, 'canary-idea-hidden': ideaReaders.hidden },
		}),
		at(`GET ${base}`, 'list', base, { finds: { 'canary-idea-own': seen } }),
		at(`POST ${base}`, 'own idea', base, {
			in: both(any('odile', 'samuel', 'gerard'), answering),
			body: { unit: idOf('villebrume'), title: 'Une idée', text: 'Du pain' },
		}),
		at(`GET ${base}/[id]`, 'idea own', `${base}/${id}`, { in: seen }),
		at(`PUT ${base}/[id]/support`, 'idea own', `${base}/${id}/support`, { in: seen }),
		at(`DELETE ${base}/[id]/support`, 'idea own', `${base}/${id}/support`, {
			in: any('mathis'),
			forbidden: seen,
		}),
	];
}
