import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, crowd, over, without } from '../who.ts';
import { eventReaders, organisers } from './events.ts';
import { missionReaders } from './missions.ts';
import { knownTo, opensContact } from './people.ts';

const odile = any('odile');
const base = '/api/v1';
/** The selection that missions are called from, in Villebrume. */
const selection = idOf('matrix selection published');

/** Verbs of the API for one's own profile and notices, for reports and those who judge them, for who leads a mission. */
export const ownByProgram = (things: Things): Target[] => [
	...profile(),
	...openings(),
	...notices(things),
	...reports(things),
	...judging(things),
	...field(things),
];

function profile(): Target[] {
	const own = `${base}/me/profile`;
	const line = { text: 'Coudre', audience: 'me' };
	return [
		at(`GET ${own}`, 'own', own),
		at(`PUT ${own}/about`, 'own', `${own}/about`, { body: { about: 'Bonjour', audience: 'me' } }),
		at(`PUT ${own}/reach`, 'own', `${own}/reach`, {
			body: { phone: '', phone_audience: 'me', email_audience: 'me', unit_audience: 'network' },
		}),
		at(`PUT ${own}/lines/[kind]`, 'own', `${own}/lines/skill`, { body: { items: [line] as never } }),
		at(`PUT ${own}/photo`, 'own', `${own}/photo`, { body: { audience: 'me' } }),
		at(`DELETE ${own}/photo`, 'own', `${own}/photo`),
		at(`GET ${base}/me/watchers`, 'own', `${base}/me/watchers`),
		at(`GET ${base}/me/consents`, 'own', `${base}/me/consents`, { finds: { '"newsletter"': odile } }),
		at(`DELETE ${base}/me/consents/[purpose]`, 'consent of Odile', `${base}/me/consents/newsletter`, {
			in: odile,
		}),
		at(`PUT ${base}/me/name`, 'own', `${base}/me/name`, { body: { name: 'Odile Fabrègat' } }),
		at(`PUT ${base}/me/display`, 'own', `${base}/me/display`, {
			body: { language: 'fr', text_size: '100', colour_mode: 'auto' },
		}),
	];
}

function openings(): Target[] {
	const on = (name: 'odile' | 'mathis' | 'ines') =>
		at(`POST ${base}/people/[id]/openings`, name, `${base}/people/${idOf(name)}/openings`, {
			in: opensContact[name],
			forbidden: knownTo[name],
			body: { what: 'email', reason: 'Réunion' },
		});
	return [on('odile'), on('mathis'), on('ines')];
}

function notices({ device }: Things): Target[] {
	const devices = `${base}/notices/devices`;
	return [
		at(`GET ${devices}`, 'own', devices),
		at(`DELETE ${devices}/[id]`, 'telephone of Odile', `${devices}/${device}`, { in: odile }),
		at(`POST ${base}/friends/restorations`, 'false ticket', `${base}/friends/restorations`, {
			body: { ticket: 'faux' },
			in: crowd.nobody,
		}),
	];
}

function reports({ post, message }: Things): Target[] {
	return [
		at(`POST ${base}/reports`, 'post network', `${base}/reports`, {
			in: without(crowd.network, 'lucien'),
			busy: true,
			body: { kind: 'post', id: post.network, reason: 'attack' },
		}),
		at(`POST ${base}/reports`, 'profile of Mathis', `${base}/reports`, {
			in: knownTo.mathis,
			busy: true,
			body: { kind: 'profile', id: idOf('mathis'), reason: 'attack' },
			rules: ['people.person.see'],
		}),
		at(`POST ${base}/messages/[id]/report`, 'words of Mathis', `${base}/messages/${message.several}/report`, {
			in: odile,
			body: { reason: 'attack' },
		}),
	];
}

function judging({ post, appeal }: Things): Target[] {
	const judges = over.villebrume.moderate;
	// Paulo decided: he does not judge his own decision again.
	const hears = without(judges, 'paulo');
	const one = `${base}/moderation/cases/[kind]/[id]`;
	const path = `${base}/moderation/cases/post/${post.network}`;
	const heard = `${base}/moderation/appeals/${appeal}`;
	const about = 'report on post network';
	return [
		at(`GET ${base}/moderation`, 'queue', `${base}/moderation`, { finds: { [post.network]: judges } }),
		at(`GET ${one}`, about, path, { in: judges, finds: { 'canary-post-network': judges } }),
		at(`GET ${one}`, 'nothing reported', `${base}/moderation/cases/post/${post.friends}`, {
			in: crowd.nobody,
		}),
		at(`PUT ${one}/hold`, about, `${path}/hold`, { in: judges }),
		at(`POST ${one}/decision`, about, `${path}/decision`, {
			in: judges,
			body: { outcome: 'keep', rule: 'attack', note: 'Rien à redire' },
		}),
		at(`GET ${base}/moderation/appeals/[id]`, 'appeal of Odile', heard, { in: hears }),
		at(`POST ${base}/moderation/appeals/[id]/answer`, 'appeal of Odile', `${heard}/answer`, {
			in: hears,
			body: { outcome: 'confirmed', answer: 'Vu' },
		}),
		at(`GET ${base}/moderation/figures`, 'figures', `${base}/moderation/figures?year=2026`),
	];
}

function field({ mission, event }: Things): Target[] {
	const begun = `${base}/missions/${mission.begun}/attendance`;
	const calls = `${base}/map/selections/${selection}/missions`;
	const route = `${base}/map/selections/[id]/missions`;
	const { day, starts, ends } = { day: '2027-11-20', starts: '18:00', ends: '20:00' };
	return [
		at(`PUT ${base}/missions/[id]/attendance`, 'mission begun', begun, {
			in: over.villebrume.speak,
			forbidden: missionReaders.begun,
			body: { came: [idOf('odile')] },
		}),
		at(`GET ${route}`, 'stations', calls, { in: over.villebrume.edit }),
		at(`POST ${route}`, 'stations', calls, {
			in: over.villebrume.edit,
			busy: true,
			body: {
				kind: 'doors',
				title: 'Porte-à-porte',
				text: '',
				audience: 'unit',
				needed: 4,
				day,
				starts,
				ends,
			},
		}),
		at(
			`POST ${base}/events/[id]/invitations`,
			'event unit, one person',
			`${base}/events/${event.unit}/invitations`,
			{
				in: organisers,
				forbidden: eventReaders.unit,
				body: { person: idOf('samuel') },
			},
		),
	];
}
