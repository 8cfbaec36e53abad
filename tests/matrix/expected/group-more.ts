import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { linkSecret } from '../things-group-more.ts';
import { any, both, crowd, over, without } from '../who.ts';
import { groupsSeen } from './groups.ts';

const { network, nobody, everybody } = crowd;
const odile = any('odile');
const inside = any('odile', 'mathis');
const leaders = { closed: odile, official: both(any('samuel'), over.villebrume.edit) };
const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

/** Gérard was put out of the group: its link opens nothing to him. */
export const byLink = without(everybody, 'gerard');

/** What is planned in a group, given in it, and how one comes in by a link. */
export const groupMore = (things: Things): Target[] => [
	...planned(things),
	...given(things),
	...links(things),
	...pictures(things),
];

function planned({ planned: event, circle }: Things): Target[] {
	const page = `/evenements/${event.secret}`;
	const leads = { in: odile, forbidden: inside };
	const words = { title: 'Bonjour', day, starts: '19:00', ends: '21:00', visibility: 'group' };
	const finds = { 'canary-planned-secret': inside };
	return [
		at('GET /evenements/[id=id]', 'event of a secret group', page, { in: inside, finds }),
		at('GET /evenements/[id=id]', 'event of an open group', `/evenements/${event.open}`, { in: network }),
		at('GET /e/[id=id]', 'event of an open group', `/e/${event.open}`, { in: everybody }),
		at('GET /e/[id=id]', 'event of a secret group', `/e/${event.secret}`, { in: nobody }),
		at('POST /evenements/[id=id]?answer', 'event of a secret group', page, {
			in: inside,
			body: { presence: 'maybe' },
		}),
		at('POST /evenements/[id=id]/modifier?change', 'event of a secret group', `${page}/modifier`, {
			...leads,
			body: words,
		}),
		at('POST /evenements/[id=id]/modifier?cancel', 'event of a secret group', `${page}/modifier`, {
			...leads,
			body: { reason: 'Orage' },
		}),
		at('POST /evenements/[id=id]/inviter?inviteGroup', 'event of a secret group', `${page}/inviter`, leads),
		at('GET /agenda', 'event of a secret group', '/agenda', { finds }),
		at('GET /groupes/[id=id]', 'event of a secret group', `/groupes/${circle.secret}`, {
			in: groupsSeen.secret,
			finds,
		}),
		at('GET /evenements/nouveau', 'in a closed group', `/evenements/nouveau?groupe=${circle.closed}`, {
			finds: { 'canary-group-closed': inside },
			rules: ['groups.circle.plan'],
		}),
		...(['closed', 'asleep'] as const).map((state) =>
			at('POST /evenements/nouveau?create', `in group ${state}`, '/evenements/nouveau', {
				in: state === 'closed' ? inside : nobody,
				forbidden: network,
				body: { ...words, group: circle[state] },
				rules: ['groups.circle.plan'],
			}),
		),
	];
}

function given({ circle, groupFile }: Things): Target[] {
	const page = `/groupes/${circle.closed}/documents`;
	const api = `/api/v1/groups/${circle.closed}/documents`;
	const leads = { in: odile, forbidden: groupsSeen.closed };
	const read = { in: inside, finds: { 'canary-document': inside } };
	return [
		at('GET /groupes/[id=id]/documents', 'closed group', page, read),
		at('POST /groupes/[id=id]/documents?pin', 'closed group', page, { ...leads, body: { file: groupFile } }),
		at('POST /groupes/[id=id]/documents?unpin', 'closed group', page, {
			...leads,
			body: { file: groupFile },
		}),
		at('GET /api/v1/groups/[id]/documents', 'closed group', api, read),
		at('PUT /api/v1/groups/[id]/documents/[file]/pin', 'closed group', `${api}/${groupFile}/pin`, leads),
		at('DELETE /api/v1/groups/[id]/documents/[file]/pin', 'closed group', `${api}/${groupFile}/pin`, leads),
	];
}

function links({ circle, groupLink }: Things): Target[] {
	const end = { link: groupLink };
	const made = { lasts: '7', most: '5' };
	const api = `/api/v1/groups/${circle.closed}/links`;
	const rule = (state: 'closed' | 'official') => ({ in: leaders[state], forbidden: groupsSeen[state] });
	const closed = `/groupes/${circle.closed}/liens`;
	return [
		...(['closed', 'official'] as const).map((state) =>
			at('GET /groupes/[id=id]/liens', `group ${state}`, `/groupes/${circle[state]}/liens`, rule(state)),
		),
		at('POST /groupes/[id=id]/liens?make', 'group closed', closed, { ...rule('closed'), body: made }),
		at('POST /groupes/[id=id]/liens?end', 'group closed', closed, { ...rule('closed'), body: end }),
		at('GET /rejoindre/[code]', 'link into a closed group', `/rejoindre/${linkSecret}`, { in: byLink }),
		at('GET /rejoindre/[code]', 'no link', '/rejoindre/never-was', { in: nobody }),
		at('POST /rejoindre/[code]?follow', 'link into a closed group', `/rejoindre/${linkSecret}`, {
			in: without(network, 'gerard'),
		}),
		at('GET /api/v1/group-links/[code]', 'link into a closed group', `/api/v1/group-links/${linkSecret}`, {
			in: without(network, 'gerard'),
		}),
		at('POST /api/v1/group-links/[code]', 'link into a closed group', `/api/v1/group-links/${linkSecret}`, {
			in: without(network, 'gerard'),
		}),
		at('GET /api/v1/groups/[id]/links', 'group closed', api, rule('closed')),
		at('POST /api/v1/groups/[id]/links', 'group closed', api, { ...rule('closed'), body: { most: 5 } }),
		at('DELETE /api/v1/groups/[id]/links/[link]', 'group closed', `${api}/${groupLink}`, rule('closed')),
	];
}

function pictures({ circle, groupCover }: Things): Target[] {
	const page = `/groupes/${circle.closed}/modifier`;
	const rule = { in: leaders.closed, forbidden: groupsSeen.closed };
	return [
		at('GET /fichiers/[id=id]', 'picture of a group', `/fichiers/${groupCover}`, {
			in: network,
			rules: ['groups.circle.see'],
		}),
		at('POST /groupes/[id=id]/modifier?cover', 'group closed', page, {
			...rule,
			busy: true,
			body: { cover_words: 'Un jardin' },
		}),
		at('POST /groupes/[id=id]/modifier?dropCover', 'group closed', page, rule),
	];
}
