import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { type GroupState, groupStates } from '../things-groups.ts';
import { acting, any, both, type Crowd, crowd, over, without } from '../who.ts';
import { present } from './feed.ts';

const { network, nobody } = crowd;
const odile = any('odile');
const inside = any('odile', 'mathis');
/** Nothing of a unit: those who moderate the whole. */
export const topJudges = acting('sabrina', 'paulo');

/** For whom a group in each state exists. */
export const groupsSeen: Record<GroupState, Crowd> = {
	open: network,
	closed: network,
	secret: any('odile', 'mathis', 'samuel'),
	asleep: network,
	judged: odile,
	official: network,
};
const leaders: Record<GroupState, Crowd> = {
	open: odile,
	closed: odile,
	secret: odile,
	asleep: odile,
	judged: odile,
	official: both(any('samuel'), over.villebrume.edit),
};
/** Who reads what is said in each. Odile blocked Lucien. */
export const wordsRead = {
	open: without(network, 'lucien'),
	closed: inside,
	secret: inside,
	reported: both(inside, topJudges),
};

const draft = {
	name: 'canary-group-secret',
	aim: 'canary-purpose-secret pour voir',
	visibility: 'open',
	rules: '',
};

/** Groups in each state, and what one may do about them. */
export function groups({ circle, word }: Things): Target[] {
	const page = (state: GroupState) => `/groupes/${circle[state]}`;
	const rule = (state: GroupState, some: Crowd) => ({ in: some, forbidden: groupsSeen[state] });
	const act = (name: string, state: GroupState, some: Crowd, more: object = {}) =>
		at(`POST /groupes/[id=id]?${name}`, `group ${state}`, page(state), { ...rule(state, some), ...more });
	return [
		...groupStates.map((state) =>
			at('GET /groupes/[id=id]', `group ${state}`, page(state), {
				in: groupsSeen[state],
				finds: { [`canary-purpose-${state}`]: groupsSeen[state] },
			}),
		),
		act('join', 'open', network),
		act('join', 'closed', inside),
		act('join', 'secret', inside),
		act('join', 'asleep', inside),
		act('ask', 'closed', without(network, 'odile', 'mathis', 'gerard'), { body: { note: 'Bonjour' } }),
		act('ask', 'secret', nobody, { body: { note: 'Bonjour' } }),
		at('POST /groupes/[id=id]?accept', 'group secret', page('secret'), { in: groupsSeen.secret }),
		at('POST /groupes/[id=id]?decline', 'group secret', page('secret'), { in: any('samuel') }),
		at('POST /groupes/[id=id]?withdraw', 'group closed', page('closed'), { in: any('samuel', 'leontine') }),
		at('POST /groupes/[id=id]?leave', 'group secret', page('secret'), { in: inside }),
		act('revive', 'asleep', inside),
		...(['open', 'closed', 'secret'] as const).flatMap((state) => [
			at('POST /groupes/[id=id]?thank', `words ${state}`, page(state), {
				in: wordsRead[state],
				body: { id: word[state], on: '1' },
			}),
			at('GET /publications/[id=id]', `words ${state}`, `/publications/${word[state]}`, {
				in: wordsRead[state],
				finds: { [`canary-word-${state}`]: wordsRead[state] },
				rules: ['groups.circle.read'],
			}),
		]),
		at('POST /groupes/[id=id]?vote', 'words closed', page('closed'), {
			in: wordsRead.closed,
			busy: true,
			body: { id: word.closed, choices: idOf('no answer') },
		}),
		at('GET /publications/[id=id]', 'words reported', `/publications/${word.reported}`, {
			in: wordsRead.reported,
		}),
		at('POST /publications/[id=id]?remove', 'words of Mathis', `/publications/${word.closed}`, {
			in: inside,
		}),
		...lists(),
		...people(circle),
		...programs(circle),
		...judging(circle),
	];
}

function lists(): Target[] {
	const found = { 'canary-group-secret': groupsSeen.secret };
	return [
		at('GET /groupes', 'directory', '/groupes', {
			finds: { 'canary-group-closed': network, 'canary-group-asleep': inside, ...found },
		}),
		at('GET /groupes', 'search', '/groupes?q=canary-purpose', { finds: found }),
		at('GET /recherche', 'groups', '/recherche?dans=groupes&q=canary-group', {
			rules: ['groups.circle.see'],
		}),
		at('GET /groupes/nouveau', 'form', '/groupes/nouveau'),
		// What was typed comes back: it is the purpose of another that tells.
		at('POST /groupes/nouveau?similar', 'like a secret one', '/groupes/nouveau', {
			body: { ...draft, name: 'canary group secret', aim: 'canary purpose rules' },
			finds: found,
		}),
		at('POST /groupes/nouveau?create', 'group', '/groupes/nouveau', {
			in: network,
			busy: true,
			body: { ...draft, name: 'Nouveau', aim: 'Un but tout neuf', seen: 'on' },
		}),
		at('GET /sujets', 'list', '/sujets'),
		at('POST /sujets?follow', 'logement', '/sujets', { body: { subject: 'logement' }, in: network }),
		at('POST /sujets?unfollow', 'logement', '/sujets', { body: { subject: 'logement' }, in: network }),
		at('GET /sujets/[slug]', 'logement', '/sujets/logement', {
			finds: { ...found, 'canary-word-secret': inside, 'canary-word-open': wordsRead.open },
			rules: ['groups.circle.see', 'feed.post.see'],
		}),
		at('POST /sujets/[slug]?follow', 'logement', '/sujets/logement', {
			body: { brings: 'Du temps' },
			in: network,
		}),
		at('POST /fil/publier?publish', 'to a closed group', '/fil/publier', {
			in: nobody,
			forbidden: network,
			told: true,
			body: { text: 'Bonjour', audience: `group:${idOf('no group')}` },
		}),
	];
}

/** Who is in, and who decides about it. */
function people(circle: Things['circle']): Target[] {
	const route = 'POST /groupes/[id=id]/membres';
	const page = (state: GroupState) => `/groupes/${circle[state]}/membres`;
	const act = (name: string, state: GroupState, some: Crowd, body: Record<string, string>) =>
		at(`${route}?${name}`, `group ${state}`, page(state), {
			in: some,
			forbidden: groupsSeen[state],
			busy: true,
			body,
		});
	const person = (name: 'samuel' | 'gerard' | 'leontine' | 'mathis') => ({ person: idOf(name) });
	const publish = (state: GroupState, some: Crowd) =>
		at('POST /fil/publier?publish', `to group ${state}`, '/fil/publier', {
			in: some,
			forbidden: network,
			told: true,
			busy: true,
			body: { text: 'Bonjour', audience: `group:${circle[state]}` },
			rules: ['groups.circle.post'],
		});
	return [
		...(['open', 'closed', 'secret', 'official'] as const).map((state) =>
			at('GET /groupes/[id=id]/membres', `group ${state}`, page(state), {
				in: state === 'official' ? both(any('odile'), leaders.official) : inside,
				...(state === 'closed' && { finds: { 'canary-ask-note': odile, 'canary-exclusion': odile } }),
			}),
		),
		act('invite', 'open', inside, person('gerard')),
		act('invite', 'secret', odile, person('gerard')),
		act('uninvite', 'secret', odile, person('samuel')),
		act('admit', 'closed', odile, person('samuel')),
		act('refuse', 'closed', odile, person('samuel')),
		act('reconsider', 'closed', odile, person('leontine')),
		act('exclude', 'closed', odile, { ...person('mathis'), reason: 'Insultes' }),
		act('readmit', 'closed', odile, person('gerard')),
		act('succeed', 'closed', odile, { successor: idOf('mathis') }),
		act('handOver', 'closed', odile, { successor: idOf('mathis') }),
		...(['closed', 'secret', 'official'] as const).flatMap((state) => [
			at('GET /groupes/[id=id]/modifier', `group ${state}`, `/groupes/${circle[state]}/modifier`, {
				in: leaders[state],
				forbidden: groupsSeen[state],
			}),
			at('POST /groupes/[id=id]/modifier?edit', `group ${state}`, `/groupes/${circle[state]}/modifier`, {
				in: leaders[state],
				forbidden: groupsSeen[state],
				body: { name: 'Autre nom', aim: 'Un autre but', rules: '', visibility: 'closed', version: '1' },
			}),
		]),
		publish('closed', inside),
		publish('asleep', nobody),
	];
}

function programs(circle: Things['circle']): Target[] {
	const api = (state: GroupState) => `/api/v1/groups/${circle[state]}`;
	const rule = (state: GroupState, some: Crowd) => ({ in: some, forbidden: present(groupsSeen[state]) });
	return [
		at('GET /api/v1/groups', 'list', '/api/v1/groups', {
			finds: { 'canary-group-secret': groupsSeen.secret },
		}),
		at('POST /api/v1/groups', 'new', '/api/v1/groups', {
			in: network,
			busy: true,
			body: { name: 'Nouveau', purpose: 'Un but tout neuf', visibility: 'open' },
		}),
		...(['open', 'secret', 'judged'] as const).map((state) =>
			at('GET /api/v1/groups/[id]', `group ${state}`, api(state), { in: groupsSeen[state] }),
		),
		at('PATCH /api/v1/groups/[id]', 'group closed', api('closed'), {
			...rule('closed', odile),
			body: { name: 'Autre nom', purpose: 'Un autre but', visibility: 'closed', version: 1 },
		}),
		at('GET /api/v1/groups/[id]/members', 'group closed', `${api('closed')}/members`, { in: inside }),
		at(
			'PUT /api/v1/groups/[id]/membership',
			'group open',
			`${api('open')}/membership`,
			rule('open', network),
		),
		at(
			'PUT /api/v1/groups/[id]/membership',
			'group closed',
			`${api('closed')}/membership`,
			rule('closed', inside),
		),
		at('DELETE /api/v1/groups/[id]/membership', 'group secret', `${api('secret')}/membership`, {
			in: inside,
		}),
		at('POST /api/v1/groups/[id]/requests', 'group closed', `${api('closed')}/requests`, {
			...rule('closed', without(network, 'odile', 'mathis', 'gerard')),
			body: { note: 'Bonjour' },
		}),
		at('POST /api/v1/groups/[id]/acceptances', 'group closed', `${api('closed')}/acceptances`, {
			...rule('closed', odile),
			body: { person: idOf('samuel') },
		}),
		at('POST /api/v1/groups/[id]/invitations', 'group secret', `${api('secret')}/invitations`, {
			...rule('secret', odile),
			body: { person: idOf('gerard') },
		}),
		at('GET /api/v1/groups/alike', 'like a secret one', '/api/v1/groups/alike?name=canary%20group%20secret', {
			finds: { 'canary-purpose-secret': groupsSeen.secret },
		}),
		...doors(circle),
	];
}

/** Who stands at the door of a group, by programs. */
function doors(circle: Things['circle']): Target[] {
	const route = '/api/v1/groups/[id]';
	const one = (verb: string, rest: string, state: GroupState, some: Crowd, more: object = {}) => {
		const path = `/api/v1/groups/${circle[state]}/${rest}`;
		const pattern = rest.replace(/\/.*/, '/[person]');
		const rule = { in: some, forbidden: present(groupsSeen[state]) };
		return at(`${verb} ${route}/${pattern}`, `group ${state}`, path, { ...rule, ...more });
	};
	const leads = (verb: string, rest: string, more: object = {}) => one(verb, rest, 'closed', odile, more);
	const own = (verb: string, rest: string, state: GroupState, some: Crowd) =>
		one(verb, rest, state, some, { forbidden: nobody });
	return [
		own('PUT', 'invitation', 'secret', groupsSeen.secret),
		own('DELETE', 'invitation', 'secret', any('samuel')),
		own('DELETE', 'requests', 'closed', any('samuel', 'leontine')),
		one('PUT', 'awake', 'asleep', inside),
		leads('GET', 'door', { finds: { 'canary-ask-note': odile, 'canary-exclusion': odile } }),
		one('GET', 'door', 'secret', odile),
		one('DELETE', `invitations/${idOf('samuel')}`, 'secret', odile),
		leads('PUT', `refusals/${idOf('samuel')}`),
		leads('DELETE', `refusals/${idOf('leontine')}`),
		leads('PUT', `exclusions/${idOf('mathis')}`, { body: { reason: 'Insultes' } }),
		leads('DELETE', `exclusions/${idOf('gerard')}`),
		leads('PUT', 'successor', { body: { person: idOf('mathis') } }),
		leads('POST', 'succession', { busy: true }),
		leads('PUT', 'cover', { busy: true, body: { description: 'Un jardin' } }),
		leads('DELETE', 'cover'),
	];
}

function judging(circle: Things['circle']): Target[] {
	const kase = `/moderation/cas/group/${circle.open}`;
	return [
		...(['open', 'secret'] as const).map((state) =>
			at('GET /securite/signaler', `group ${state}`, `/securite/signaler?kind=group&id=${circle[state]}`, {
				in: groupsSeen[state],
				busy: true,
				rules: ['groups.circle.see', 'groups.circle.judge'],
			}),
		),
		at('GET /moderation/cas/[kind]/[id=id]', 'report on a group', kase, { in: topJudges }),
		at('POST /moderation/cas/[kind]/[id=id]?decide', 'report on a group', kase, {
			in: topJudges,
			body: { outcome: 'hide', rule: 'attack', note: 'Vu' },
		}),
	];
}
