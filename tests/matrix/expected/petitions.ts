import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { any, both, type Crowd, crowd, over, without } from '../who.ts';

const answering = over.villebrume.speak;
/** Who leads Odile's petition. */
export const petitionLeads = both(any('odile'), answering);
/** Who reads a petition in each state; Odile blocked Lucien. */
export const petitionReaders = {
	own: without(crowd.everybody, 'lucien'),
	hidden: any('odile'),
	closed: crowd.everybody,
};
const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));
const route = '/petitions/[id=id]';

/** Petitions of Villebrume: Odile's, that Mathis signed; one hidden; the section's, closed. */
export function petitions({ petition }: Things): Target[] {
	const own = `/petitions/${petition.own}`;
	const closed = `/petitions/${petition.closed}`;
	const seen = petitionReaders.own;
	const rule = (some: Crowd) => ({ in: some, forbidden: present(seen) });
	const nobody = { in: crowd.nobody, forbidden: crowd.network, told: true } as const;
	const visitor = { name: 'Lou', email: 'lou@exemple.example', postcode: '', website: '' };
	const link = '/petitions/confirmer/matrix-petition-secret';
	const token = '/petitions/confirmer/[token]';
	return [
		at('GET /petitions', 'list', '/petitions', { finds: { 'canary-petition-own': seen } }),
		...(['own', 'hidden', 'closed'] as const).map((state) =>
			at(`GET ${route}`, `petition ${state}`, `/petitions/${petition[state]}`, {
				in: petitionReaders[state],
			}),
		),
		at('GET /petitions/nouvelle', 'form', '/petitions/nouvelle'),
		at('POST /petitions/nouvelle?launch', 'own petition', '/petitions/nouvelle', {
			in: both(any('odile', 'samuel', 'gerard'), answering),
			body: { unit: idOf('villebrume'), title: 'Un bus', addressed_to: 'Aux élus', text: 'Du pain' },
		}),
		at(`POST ${route}?sign`, 'petition own', own, { in: present(seen) }),
		at(`POST ${route}?sign`, 'petition closed', closed, nobody),
		at(`POST ${route}?sign`, 'petition hidden', `/petitions/${petition.hidden}`, {
			...nobody,
			forbidden: any('odile'),
		}),
		at(`POST ${route}?unsign`, 'petition own', own, rule(any('mathis'))),
		at(`POST ${route}?visitor`, 'petition own', own, { in: seen, body: visitor }),
		at(`POST ${route}?settle`, 'petition own', own, { ...rule(petitionLeads), body: { result: 'Gagné' } }),
		at(`POST ${route}?reopen`, 'petition closed', closed, { in: answering, forbidden: crowd.network }),
		at(`POST ${route}/signatures.csv`, 'petition own', `${own}/signatures.csv`, {
			...rule(petitionLeads),
			body: { reason: 'À remettre' },
			finds: { 'canary-signature': petitionLeads },
		}),
		at(`GET ${token}`, 'link of a mail', link),
		at(`GET ${token}`, 'link that opens nothing', '/petitions/confirmer/rien', { in: crowd.nobody }),
		at(`POST ${token}?confirm`, 'link of a mail', link),
		at(`POST ${token}?retract`, 'link of a mail', link),
		...forPrograms(petition.own),
		at('DELETE /api/v1/petitions/[id]/closing', 'petition closed', `/api/v1${closed}/closing`, {
			in: answering,
			forbidden: crowd.network,
		}),
	];
}

function forPrograms(id: string): Target[] {
	const base = '/api/v1/petitions';
	const seen = petitionReaders.own;
	return [
		at('GET /api/v1/search', 'petitions', '/api/v1/search?in=petitions&q=canary', {
			in: crowd.network,
			finds: { 'canary-petition-own': seen, 'canary-petition-hidden': petitionReaders.hidden },
		}),
		at(`GET ${base}`, 'list', base),
		at(`PUT ${base}/[id]/signature`, 'petition own', `${base}/${id}/signature`, { in: present(seen) }),
		at(`DELETE ${base}/[id]/signature`, 'petition own', `${base}/${id}/signature`, {
			in: any('mathis'),
			forbidden: present(seen),
		}),
	];
}
