import { idOf, type UnitKey } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, any, both, type Crowd, crowd, over } from '../who.ts';

export interface Place {
	slug: string;
	id: string;
	seen: Crowd;
	/** Reads who belongs to it. */
	lists: Crowd;
	/** Among them, who reads it as an officer. */
	reads?: Crowd;
	welcomes: Crowd;
	edits: Crowd;
	creates: Crowd;
	arranges: Crowd;
	belongs: Crowd;
	joins: Crowd;
	above: string;
}

const open = crowd.everybody;
const creators = over.valdorsande.create;

export const villebrume: Place = {
	slug: 'section-de-villebrume',
	id: idOf('villebrume'),
	seen: open,
	lists: both(crowd.villebrume, over.villebrume.see),
	reads: over.villebrume.see,
	welcomes: over.villebrume.welcome,
	edits: over.villebrume.edit,
	creates: creators,
	arranges: creators,
	belongs: crowd.villebrume,
	joins: crowd.network,
	above: idOf('valdorsande'),
};
const portbrumel: Place = {
	slug: 'section-de-port-brumel',
	id: idOf('pontsarvan'),
	seen: open,
	lists: crowd.portbrumel,
	welcomes: over.portbrumel.contact,
	edits: acting('fanny', 'driss', 'sabrina', 'bertrand'),
	creates: over.portbrumel.appoint,
	arranges: over.portbrumel.appoint,
	belongs: crowd.portbrumel,
	joins: crowd.network,
	above: idOf('hautsarvan'),
};
export const castelmauve: Place = {
	slug: 'section-de-castelmauve',
	id: idOf('castelmauve'),
	seen: open,
	lists: both(crowd.castelmauve, over.valdorsande.see),
	welcomes: acting('yamina', 'sabrina'),
	edits: over.castelmauve.edit,
	creates: creators,
	arranges: creators,
	belongs: crowd.castelmauve,
	joins: crowd.network,
	above: idOf('valdorsande'),
};
const valdorsande: Place = {
	slug: 'federation-du-val-d-orsande',
	id: idOf('valdorsande'),
	seen: open,
	lists: over.valdorsande.see,
	welcomes: acting('yamina', 'sabrina'),
	edits: acting('yamina', 'leontine', 'sabrina', 'bertrand'),
	creates: creators,
	arranges: over.valdorsande.arrange,
	belongs: crowd.nobody,
	joins: crowd.network,
	above: idOf('orsande'),
};
/** Closed: it exists only for who may open it again. */
export const closed = (id: string): Place => ({
	slug: 'section-close',
	id,
	seen: creators,
	lists: crowd.nobody,
	welcomes: crowd.nobody,
	edits: crowd.nobody,
	creates: crowd.nobody,
	arranges: creators,
	belongs: crowd.nobody,
	joins: crowd.nobody,
	above: idOf('valdorsande'),
});

/** Units in each state, and what one may do to them. */
export function units({ closed: closedId, invitation, kind }: Things): Target[] {
	const places: [string, Place][] = [
		['villebrume', villebrume],
		['portbrumel', portbrumel],
		['castelmauve', castelmauve],
		['valdorsande', valdorsande],
		['closed', closed(closedId)],
	];
	const each = places.flatMap(([name, place]) => [...reading(name, place), ...working(name, place, kind.id)]);
	return [...each, ...directory(invitation)];
}

function reading(name: string, place: Place): Target[] {
	const page = `/unites/${place.id}`;
	const api = `/api/v1/units/${place.id}`;
	const about = `unit ${name}`;
	const isOpen = place.seen === open;
	const seen = isOpen ? crowd.network : place.seen;
	const letter = { name: 'Ana', email: 'ana@rive.invalid', text: 'Bonjour, je voudrais venir.' };
	return [
		at('GET /sections/[slug=slug]', about, `/sections/${place.slug}`, { in: place.seen }),
		at('POST /sections/[slug=slug]?write', about, `/sections/${place.slug}`, {
			in: isOpen ? open : crowd.nobody,
			busy: true,
			body: letter,
		}),
		at('GET /unites/[id=id]', about, page, { in: seen }),
		at('GET /api/v1/units/[id]', about, api, { in: place.seen }),
		at(
			'GET /api/v1/units',
			`below ${about}`,
			`/api/v1/units?parent=${place.id}`,
			isOpen ? {} : { in: crowd.everybody },
		),
		at('GET /unites/[id=id]/membres', about, `${page}/membres`, { in: place.lists, forbidden: seen }),
		at('GET /api/v1/units/[id]/members', about, `${api}/members`, {
			in: place.lists,
			forbidden: seen,
			// Whether somebody's membership runs is between them and their officers.
			...(place.reads && { finds: { '"lapsed":false': place.reads } }),
		}),
		at('GET /unites/[id=id]/bureau', about, `${page}/bureau`, { in: isOpen ? crowd.network : crowd.nobody }),
		at('GET /api/v1/units/[id]/officers', about, `${api}/officers`, {
			in: isOpen ? crowd.network : crowd.nobody,
		}),
		at('POST /unites/[id=id]?join', about, page, { in: place.joins, busy: true }),
		at('GET /unites/[id=id]/inviter', about, `${page}/inviter`, { in: place.belongs, forbidden: seen }),
		at('POST /unites/[id=id]/inviter?create', about, `${page}/inviter`, {
			in: place.belongs,
			forbidden: seen,
		}),
		at('POST /unites/[id=id]?leave', about, page, { in: place.belongs }),
	];
}

function working(name: string, place: Place, kindId: string): Target[] {
	const page = `/unites/${place.id}`;
	const about = `unit ${name}`;
	const seen = place.seen === open ? crowd.officers : place.seen;
	const rule = (crowdIn: Crowd) => ({ in: crowdIn, forbidden: seen });
	const person = {
		person: idOf(name === 'portbrumel' ? 'tidiane' : name === 'castelmauve' ? 'noemie' : 'mathis'),
	};
	return [
		...['welcome', 'confirm'].map((act) =>
			at(`POST /unites/[id=id]/membres?${act}`, about, `${page}/membres`, {
				...rule(place.welcomes),
				busy: true,
				body: person,
			}),
		),
		// A welcome is taken back by who gave it: Samuel's to Odile.
		at('POST /unites/[id=id]/membres?unwelcome', about, `${page}/membres`, {
			in: name === 'villebrume' ? acting('samuel') : crowd.nobody,
			forbidden: seen.filter((guise) => !place.welcomes.includes(guise)),
			body: { person: idOf('odile') },
		}),
		// What somebody else verified, or long ago, is not taken back.
		at('POST /unites/[id=id]/membres?unconfirm', about, `${page}/membres`, {
			in: crowd.nobody,
			forbidden: seen.filter((guise) => !place.welcomes.includes(guise)),
			body: person,
		}),
		at('GET /unites/[id=id]/modifier', about, `${page}/modifier`, rule(place.edits)),
		at('POST /unites/[id=id]/modifier?save', about, `${page}/modifier`, {
			...rule(place.edits),
			busy: true,
			body: { version: '1', publicText: 'Bienvenue', membersText: '', contactEmail: '' },
		}),
		at(
			'GET /unites/[id=id]/structure',
			about,
			`${page}/structure`,
			rule(place.seen === open ? place.creates : place.arranges),
		),
		at('POST /unites/[id=id]/structure?create', about, `${page}/structure`, {
			...rule(place.creates),
			busy: true,
			body: { name: 'Section neuve', kind: kindId },
		}),
		at('POST /unites/[id=id]/structure?rename', about, `${page}/structure`, {
			...rule(place.creates),
			busy: true,
			body: { name: 'Autre nom' },
		}),
		at('POST /unites/[id=id]/structure?move', about, `${page}/structure`, {
			...rule(place.arranges),
			busy: true,
			body: { parent: place.above },
		}),
		at('POST /unites/[id=id]/structure?cover', about, `${page}/structure`, {
			...rule(place.arranges),
			busy: true,
		}),
		at('POST /unites/[id=id]/structure?close', about, `${page}/structure`, {
			...rule(place.arranges),
			busy: true,
		}),
		at('POST /unites/[id=id]/structure?reopen', about, `${page}/structure`, {
			...rule(place.arranges),
			busy: true,
		}),
	];
}

function directory(invitation: string): Target[] {
	return [
		at('GET /sections', 'directory', '/sections'),
		at('GET /sections', 'by name', '/sections?q=section'),
		at('GET /api/v1/units', 'by name', '/api/v1/units?q=section'),
		at('GET /communes', 'by name', '/communes?q=ville'),
		at('GET /api/v1/communes', 'by name', '/api/v1/communes?q=ville'),
		at('GET /invitation/[code]', 'of Odile', '/invitation/canaryinvite'),
		at('GET /ma-section', 'own', '/ma-section'),
		at(
			'POST /unites/[id=id]/inviter?revoke',
			'invitation of Odile',
			`/unites/${idOf('villebrume')}/inviter`,
			{ in: any('odile'), body: { invitation } },
		),
	];
}

/** Sections whose leading office is empty, and who of theirs may offer to take it. */
export const claimable: Record<'castelmauve' | 'montclairval' | 'villebrume', Crowd> = {
	castelmauve: crowd.castelmauve,
	montclairval: crowd.montclairval,
	villebrume: crowd.nobody,
};
export const claimUnits = Object.keys(claimable) as (keyof typeof claimable & UnitKey)[];
