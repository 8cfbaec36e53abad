import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, both, type Crowd, crowd, over, without } from '../who.ts';
import { present, readers, shown } from './feed.ts';

const odile = any('odile');
const nobody = crowd.nobody;
const insideVillebrume = both(crowd.villebrume, over.villebrume.see);

/** Who may know that a person is there. */
export const knownTo = {
	// Spoke to the network, and blocked Lucien.
	odile: without(crowd.network, 'lucien'),
	mathis: insideVillebrume,
	// Suspended: still of the section, until the organisation decides otherwise.
	thibaud: insideVillebrume,
	// The office ended, and with it what made him known to all.
	gerard: insideVillebrume,
	ines: both(crowd.montclairval, odile, over.valdorsande.see),
	fanny: crowd.network,
	samuel: crowd.network,
	lucien: without(insideVillebrume, 'odile'),
	awa: nobody,
	josiane: nobody,
} satisfies Record<string, Crowd>;
/** Whom one blocks and mutes: who one knows of, or met. Lucien asked Inès and took it back; Odile blocked him. */
export const metBy = { ...knownTo, lucien: both(knownTo.lucien, any('ines', 'odile')) };
/** Among them, who may open how to write to the person. */
export const opensContact: Record<keyof typeof knownTo, Crowd> = {
	odile: both(any('odile', 'ines'), over.villebrume.contact),
	mathis: over.villebrume.contact,
	thibaud: over.villebrume.contact,
	gerard: over.villebrume.contact,
	ines: both(without(over.villebrume.contact, 'samuel')),
	fanny: over.portbrumel.contact,
	samuel: over.villebrume.contact,
	lucien: over.villebrume.contact,
	awa: nobody,
	josiane: nobody,
};

/** Profiles, and who asks whom to be friends. */
export function persons({ request, accepted, post }: Things): Target[] {
	const names = Object.keys(knownTo) as (keyof typeof knownTo)[];
	const profiles = names.flatMap((name) => {
		const id = idOf(name);
		const seen: Crowd = knownTo[name];
		const apart = without(seen, name);
		return [
			at('GET /personnes/[id=id]', name, `/personnes/${id}`, { in: seen }),
			at('GET /api/v1/people/[id]', name, `/api/v1/people/${id}`, { in: seen }),
			at('POST /personnes/[id=id]?open', name, `/personnes/${id}`, {
				in: opensContact[name],
				forbidden: seen,
				body: { what: 'email', reason: 'Réunion' },
			}),
			at('POST /personnes/[id=id]?open', `${name}, phone`, `/personnes/${id}`, {
				in: opensContact[name].filter((guise) => name !== 'odile' || over.villebrume.contact.includes(guise)),
				forbidden: seen,
				body: { what: 'phone', reason: 'Réunion' },
				rules: ['profiles.contact.openPhone'],
			}),
			at('POST /contacts?ask', name, '/contacts', {
				in: apart,
				forbidden: seen,
				busy: true,
				body: { person: id },
			}),
			at('POST /api/v1/friends/requests', name, '/api/v1/friends/requests', {
				in: apart,
				forbidden: seen,
				busy: true,
				body: { person: id },
			}),
			at('GET /securite/bloquer', name, `/securite/bloquer?personne=${id}`, {
				in: metBy[name],
				busy: true,
				rules: ['people.person.see'],
			}),
			at('GET /securite/signaler', `profile ${name}`, `/securite/signaler?kind=profile&id=${id}`, {
				in: seen,
				busy: true,
				rules: ['people.person.see'],
			}),
		];
	});
	return [...profiles, ...requests(request), ...answered(accepted), ...own(post.network)];
}

function requests(id: string): Target[] {
	// Who asked is not told what became of it, not even by a refusal.
	const answer = { in: odile, body: { request: id } };
	const withdraw = { in: any('mathis'), forbidden: odile };
	const api = `/api/v1/friends/requests/${id}`;
	return [
		at('POST /contacts?accept', 'request', '/contacts', answer),
		at('POST /contacts?refuse', 'request', '/contacts', answer),
		at('POST /contacts?reconsider', 'request', '/contacts', { ...answer, busy: true }),
		at('POST /contacts?withdraw', 'request', '/contacts', { ...withdraw, body: { request: id } }),
		at('POST /api/v1/friends/requests/[id]/acceptance', 'request', `${api}/acceptance`, answer),
		at('POST /api/v1/friends/requests/[id]/refusal', 'request', `${api}/refusal`, answer),
		at('DELETE /api/v1/friends/requests/[id]/refusal', 'request', `${api}/refusal`, {
			...answer,
			busy: true,
		}),
		at('DELETE /api/v1/friends/requests/[id]', 'request', api, withdraw),
		at('POST /contacts?remove', 'friendship with Inès', '/contacts', {
			in: odile,
			body: { person: idOf('ines') },
		}),
		at('POST /contacts?restore', 'friendship with Inès', '/contacts', {
			in: nobody,
			body: { ticket: 'of nobody' },
		}),
		at('DELETE /api/v1/friends/[id]', 'friendship with Inès', `/api/v1/friends/${idOf('ines')}`, {
			in: odile,
		}),
		at('GET /contacts', 'own', '/contacts'),
		at('GET /api/v1/friends', 'own', '/api/v1/friends'),
		at('GET /api/v1/friends/requests', 'own', '/api/v1/friends/requests'),
	];
}

/** Inès's, which Odile accepted: neither takes back what made them friends, short of ending it. */
function answered(id: string): Target[] {
	const [sent, got] = [any('ines'), odile];
	const late = { in: nobody, forbidden: got, body: { request: id } };
	const api = `/api/v1/friends/requests/${id}`;
	return [
		at('POST /contacts?accept', 'accepted request', '/contacts', { ...late, in: got }),
		at('POST /contacts?refuse', 'accepted request', '/contacts', late),
		at('POST /contacts?reconsider', 'accepted request', '/contacts', late),
		at('POST /contacts?withdraw', 'accepted request', '/contacts', { ...late, forbidden: both(sent, got) }),
		at('POST /api/v1/friends/requests/[id]/refusal', 'accepted request', `${api}/refusal`, late),
		at('DELETE /api/v1/friends/requests/[id]', 'accepted request', api, {
			in: nobody,
			forbidden: both(sent, got),
		}),
	];
}

function own(postId: string): Target[] {
	const rows = {
		'id[]': [idOf('matrix field me')],
		'text[]': ['x'],
		'place[]': [''],
		'url[]': [''],
		'since[]': [''],
		'until[]': [''],
		'audience[]': ['me'],
	};
	return [
		at('GET /mon-profil', 'own', '/mon-profil'),
		at('GET /mon-profil/[kind]', 'own', '/mon-profil/savoir-faire', {}),
		at('POST /mon-profil/[kind]?save', 'lines of Odile', '/mon-profil/savoir-faire', { body: rows }),
		at('POST /mon-profil?photo', 'own', '/mon-profil', { body: { audience: 'me' } }),
		at('POST /mon-profil?removePhoto', 'own', '/mon-profil'),
		at('POST /mon-profil?about', 'own', '/mon-profil', { body: { about: 'Bonjour', audience: 'me' } }),
		at('POST /mon-profil?reach', 'own', '/mon-profil', {
			body: { phone: '', phone_audience: 'me', email_audience: 'me', unit_audience: 'network' },
		}),
		at('GET /qui-me-voit', 'own', '/qui-me-voit'),
		at('GET /recherche', 'canary', '/recherche?q=canary'),
		at('GET /recherche/suggestions', 'fab', '/recherche/suggestions?q=fab'),
		...shown.map((state) =>
			at('GET /api/v1/search', `post ${state}`, `/api/v1/search?in=posts&q=canary-post-${state}`, {
				finds: { [`canary-post-${state}`]: present(readers[state]) },
			}),
		),
		at('POST /securite/signaler?report', 'post network', '/securite/signaler', {
			in: without(crowd.network, 'lucien', 'odile'),
			busy: true,
			body: { kind: 'post', id: postId, reason: 'attack' },
		}),
	];
}
