import { idOf } from '#tests/party.ts';
import { at, type Body, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, type Crowd, crowd, over } from '../who.ts';

const odile = any('odile');
const nobody = crowd.nobody;
const text = { text: 'Bonjour' };
/** Who leads the section or stands above it with the same office: writes to all its people. */
const writers = over.villebrume.contact;

/** Conversations: those of their people, whatever office anybody else holds. */
export function messages(things: Things): Target[] {
	return [
		...pages(),
		...pair(things),
		...several(things),
		...requests(things),
		...letters(),
		...reported(things),
	];
}

const on =
	(path: string, seen: Crowd) =>
	(act: string, some: Crowd, body?: Body, rest: Partial<Target> = {}) =>
		at(`POST /messages/[id=id]?${act}`, path.slice(10, 16), path, {
			in: some,
			forbidden: seen,
			busy: true,
			...(body && { body }),
			...rest,
		});

function pages(): Target[] {
	const toFanny = { 'to[]': idOf('fanny'), ...text };
	return [
		at('GET /messages', 'own', '/messages'),
		at('GET /messages/demandes', 'own', '/messages/demandes'),
		at('GET /messages/compte', 'own', '/messages/compte'),
		at('GET /messages/nouveau', 'Fanny', `/messages/nouveau?avec=${idOf('fanny')}`),
		at('POST /messages/nouveau?start', 'Fanny', '/messages/nouveau', {
			in: crowd.network,
			busy: true,
			body: toFanny,
		}),
		at('POST /messages/nouveau?start', 'Awa, not confirmed', '/messages/nouveau', {
			in: nobody,
			body: { 'to[]': idOf('awa'), ...text },
		}),
		at('GET /api/v1/conversations', 'own', '/api/v1/conversations'),
		at('GET /api/v1/conversations/suggested', 'own', '/api/v1/conversations/suggested'),
		at('POST /api/v1/conversations', 'Fanny', '/api/v1/conversations', {
			in: crowd.network,
			busy: true,
			body: { to: [idOf('fanny')], ...text },
		}),
	];
}

function pair({ conversation, message }: Things): Target[] {
	const path = `/messages/${conversation.pair}`;
	const api = '/api/v1';
	const both = any('odile', 'samuel');
	const act = on(path, both);
	const own = { in: odile, forbidden: any('samuel') };
	return [
		at('GET /messages/[id=id]', 'pair', path, { in: both, finds: { 'canary-message-pair': both } }),
		act('send', both, text),
		act('edit', odile, { id: message.pair, ...text }, { told: true }),
		act('remove', odile, { id: message.pair }),
		act('hush', both, { on: '1' }),
		act('keep', both, { days: '30' }),
		act('add', nobody, { person: idOf('fanny') }),
		act('leave', nobody),
		at('GET /fichiers/[id=id]', 'file of a message', `/fichiers/${message.file}`, { in: both }),
		at('GET /api/v1/files/[id]', 'file of a message', `/api/v1/files/${message.file}`, { in: both }),
		at(
			'GET /api/v1/conversations/[id]/messages',
			'pair',
			`${api}/conversations/${conversation.pair}/messages`,
			{ in: both },
		),
		at(
			'POST /api/v1/conversations/[id]/messages',
			'pair',
			`${api}/conversations/${conversation.pair}/messages`,
			{
				in: both,
				body: text,
			},
		),
		at(
			'POST /api/v1/conversations/[id]/reading',
			'pair',
			`${api}/conversations/${conversation.pair}/reading`,
			{ in: both },
		),
		at('PATCH /api/v1/messages/[id]', 'pair', `${api}/messages/${message.pair}`, {
			...own,
			told: true,
			body: text,
		}),
		at('DELETE /api/v1/messages/[id]', 'pair', `${api}/messages/${message.pair}`, own),
	];
}

/** Inès just left, Gérard an hour ago; Tidiane came after the first words. */
function several({ conversation, message }: Things): Target[] {
	const path = `/messages/${conversation.several}`;
	const there = any('odile', 'mathis', 'tidiane');
	const act = on(path, there);
	const report = `${path}/signaler?message=${message.several}`;
	return [
		at('GET /messages/[id=id]', 'several', path, {
			in: there,
			finds: { 'canary-message-several': any('odile', 'mathis') },
			rules: ['messages.message.see'],
		}),
		act('add', there, { person: idOf('fanny') }),
		act('leave', there),
		act('rejoin', any('ines')),
		at('GET /messages/[id=id]/signaler', 'words of Mathis', report, { in: odile }),
		at('POST /messages/[id=id]/signaler?report', 'words of Mathis', report, {
			in: odile,
			body: { message: message.several, reason: 'attack', note: '' },
		}),
	];
}

function requests({ conversation }: Things): Target[] {
	const waiting = `/messages/${conversation.request}`;
	const refused = `/messages/${conversation.refused}`;
	const both = any('odile', 'fanny');
	const act = on(waiting, both);
	return [
		at('GET /messages/[id=id]', 'request', waiting, { in: both }),
		act('send', odile, text),
		act('keep', odile, { days: '30' }),
		act('accept', any('fanny')),
		act('refuse', any('fanny')),
		act('reconsider', nobody),
		at('GET /messages/[id=id]', 'refused', refused, { in: odile }),
		on(refused, odile)('reconsider', any('noemie')),
		on(refused, odile)('accept', nobody),
	];
}

function letters(): Target[] {
	const path = `/messages/unite/${idOf('villebrume')}`;
	return [
		at('GET /messages/unite/[id=id]', 'section', path, { in: writers }),
		at('POST /messages/unite/[id=id]?write', 'section', path, { in: writers, body: text }),
	];
}

function reported({ message }: Things): Target[] {
	const judges = over.villebrume.moderate;
	return [
		at(
			'GET /moderation/cas/[kind]/[id=id]',
			'words shown to moderators',
			`/moderation/cas/message/${message.several}`,
			{
				in: judges,
				finds: { 'canary-exhibit': judges },
			},
		),
	];
}
