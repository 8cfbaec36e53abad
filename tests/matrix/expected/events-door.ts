import { doorCode } from '#domains/events/index.ts';
import { idOf } from '#tests/party.ts';
import { at, type Body, type Target } from '../cell.ts';
import { doorEvents, feedSecret } from '../things-door.ts';
import { acting, any, both, type Crowd, crowd, over } from '../who.ts';

/** Hold `event.create` on Villebrume or above. */
export const organisers = acting('samuel', 'yamina', 'leontine', 'sabrina');
/** See an event of the section of Villebrume. */
export const readersOfUnit = both(crowd.villebrume, organisers, over.villebrume.moderate);
const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));
const route = '/evenements/[id=id]';
const { under, told, later } = doorEvents;

/** Calendars, the door of an event, what is printed and what is told of it. */
export const eventDoors = (): Target[] => [
	...calendars(),
	...doors(),
	...paper(),
	...reports(),
	...forPrograms(),
];

function calendars(): Target[] {
	const villebrume = idOf('villebrume');
	return [
		at('GET /calendrier/[token]', 'of Odile', `/calendrier/${feedSecret}.ics`, {
			in: crowd.everybody,
			finds: { 'canary-door-later': crowd.everybody },
		}),
		at('GET /calendrier/[token]', 'unknown', '/calendrier/unknown.ics', { in: crowd.nobody }),
		at('GET /calendrier.ics', 'public events', '/calendrier.ics', { in: crowd.everybody }),
		at('GET /agenda.atom', 'public events', '/agenda.atom', { in: crowd.everybody }),
		at('GET /unites/[id=id]/calendrier.ics', 'section', `/unites/${villebrume}/calendrier.ics`, {
			in: crowd.everybody,
		}),
		at(`GET ${route}/calendrier.ics`, 'of the section', `/evenements/${under}/calendrier.ics`, {
			in: readersOfUnit,
			finds: { 'canary-door-under': readersOfUnit },
		}),
		at('GET /agenda/abonnement', 'own', '/agenda/abonnement'),
		at('POST /agenda/abonnement?make', 'own', '/agenda/abonnement', { body: {} }),
		at('POST /agenda/abonnement?end', 'own', '/agenda/abonnement', { body: {} }),
		at('GET /agenda/pres-de-moi', 'own', '/agenda/pres-de-moi', {
			finds: { 'canary-door-later': present(readersOfUnit) },
		}),
	];
}

function doors(): Target[] {
	const path = (id: string) => `/evenements/${id}/accueil`;
	const person = { kind: 'person', person: idOf('odile') };
	const acts: [string, Body][] = [
		['tick', person],
		['untick', person],
		['walkIn', { walk_ins: '2' }],
		['dropWalkIn', {}],
		['code', { code: doorCode(under, idOf('odile')) }],
	];
	return [
		at(`GET ${route}/accueil`, 'under way', path(under), {
			in: organisers,
			finds: { 'canary-door-visitor': organisers },
		}),
		...acts.map(([act, body]) =>
			at(`POST ${route}/accueil?${act}`, 'under way', path(under), { in: organisers, body }),
		),
		at(`POST ${route}/accueil?tick`, 'too early', path(later), {
			in: crowd.nobody,
			forbidden: organisers,
			body: person,
		}),
		at(`GET ${route}/mon-code`, 'under way', `/evenements/${under}/mon-code`, { in: any('odile') }),
	];
}

function paper(): Target[] {
	const at_ = (name: string) => `/evenements/${under}/${name}`;
	return [
		at(`GET ${route}/affiche`, 'of the section', at_('affiche'), { in: present(readersOfUnit) }),
		at('GET /ev/[short=slug]', 'public', `/ev/${told.slice(-10)}`, { in: crowd.everybody, leads: true }),
		at('GET /ev/[short=slug]', 'of the section', `/ev/${under.slice(-10)}`, { in: crowd.nobody }),
		at(`GET ${route}/feuille-de-presence`, 'under way', at_('feuille-de-presence'), {
			in: organisers,
			finds: { 'canary-door-visitor': organisers },
		}),
		at(`GET ${route}/a-appeler`, 'under way', at_('a-appeler'), { in: organisers }),
		at(`POST ${route}/a-appeler?open`, 'under way', at_('a-appeler'), { in: organisers, body: {} }),
	];
}

function reports(): Target[] {
	const path = `/evenements/${under}/compte-rendu`;
	const tells = { in: organisers, forbidden: present(readersOfUnit) };
	return [
		at(`GET ${route}/compte-rendu`, 'published', path, {
			in: readersOfUnit,
			finds: { 'canary-report-published': readersOfUnit },
		}),
		at(`GET ${route}/compte-rendu`, 'begun', `/evenements/${told}/compte-rendu`, { in: crowd.nobody }),
		at(`GET ${route}/compte-rendu/ecrire`, 'published', `${path}/ecrire`, tells),
		at(`GET ${route}/compte-rendu/ecrire`, 'too early', `/evenements/${later}/compte-rendu/ecrire`, {
			in: crowd.nobody,
			forbidden: present(readersOfUnit),
		}),
		...['save', 'publish'].map((act) =>
			at(`POST ${route}/compte-rendu/ecrire?${act}`, 'published', `${path}/ecrire`, {
				...tells,
				busy: true,
				body: { text: 'x', version: '' },
			}),
		),
		at(`POST ${route}/compte-rendu/ecrire?withdraw`, 'published', `${path}/ecrire`, { ...tells, body: {} }),
		at(
			'DELETE /api/v1/events/[id]/report/pictures/[picture]',
			'published',
			`/api/v1${path.replace('/evenements', '/events').replace('compte-rendu', 'report')}/pictures/${idOf('matrix no picture')}`,
			tells,
		),
		at(`POST ${route}/compte-rendu/ecrire?dropPicture`, 'published', `${path}/ecrire`, {
			...tells,
			body: { id: idOf('matrix no picture') },
		}),
	];
}

function forPrograms(): Target[] {
	const key = '/api/v1/events/[id]';
	const path = `/api/v1/events/${under}`;
	const person = { person: idOf('odile') };
	const doorOnly = (verb: string, tail: string, body: Body) =>
		at(`${verb} ${key}/${tail}`, 'under way', `${path}/${tail}`, { in: organisers, body });
	return [
		at(`GET ${key}/attendance`, 'under way', `${path}/attendance`, {
			in: organisers,
			finds: { 'canary-door-visitor': organisers },
		}),
		doorOnly('POST', 'attendance', person),
		doorOnly('DELETE', 'attendance', person),
		doorOnly('POST', 'attendance/code', { code: doorCode(under, idOf('odile')) }),
		doorOnly('POST', 'attendance/walk-ins', { walk_ins: 2 }),
		doorOnly('DELETE', 'attendance/walk-ins', {}),
		at(`GET ${key}/my-code`, 'under way', `${path}/my-code`, { in: any('odile') }),
		at(`GET ${key}/calls`, 'under way', `${path}/calls`, { in: organisers }),
		doorOnly('POST', 'calls', {}),
		at(`GET ${key}/report`, 'published', `${path}/report`, { in: readersOfUnit }),
		doorOnly('PUT', 'report', { text: 'x' }),
		doorOnly('DELETE', 'report', {}),
		at('GET /api/v1/nearby-events', 'own', '/api/v1/nearby-events', {
			finds: { 'canary-door-later': present(readersOfUnit) },
		}),
		at('POST /api/v1/calendar', 'own', '/api/v1/calendar', { body: {} }),
		at('DELETE /api/v1/calendar', 'own', '/api/v1/calendar', { body: {} }),
	];
}
