import { neighbour } from '#tests/nouns.ts';
import { idOf } from '#tests/party.ts';
import { at, type Body, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, any, both, type Crowd, crowd, over } from '../who.ts';
import { castelmauve, closed, type Place, villebrume } from './units.ts';

const base = '/api/v1';
const officer = (some: Crowd) => ({ in: some, forbidden: crowd.officers, busy: true }) as const;

/** Verbs of the API that shape units and their levels, and name officers: one thing each, where who may differs most. */
export const officesByProgram = (things: Things): Target[] => [
	...structure('villebrume', villebrume, things),
	...structure('castelmauve', castelmauve, things),
	...structure('closed', closed(things.closed), things),
	...links(things),
	...terms(things),
	...handovers(things),
	...loans(things),
	...levels(things),
];

function structure(name: string, place: Place, { kind }: Things): Target[] {
	const seen = name === 'closed' ? place.seen : crowd.officers;
	const on = (act: string, some: Crowd, body?: Body) =>
		at(
			act.replace(' ', ` ${base}/units/[id]/`),
			`unit ${name}`,
			`${base}/units/${place.id}/${act.split(' ')[1]}`,
			{
				...{ in: some, forbidden: seen, busy: true },
				...(body && { body }),
			},
		);
	const words = { version: 1, publicText: 'Bienvenue', membersText: '', contactEmail: '' };
	return [
		on('PUT page', place.edits, words),
		on('GET places', name === 'closed' ? place.arranges : both(place.creates, place.arranges)),
		on('POST units', place.creates, { name: 'Section neuve', kind: kind.id }),
		on('PUT name', place.creates, { name: 'Autre nom' }),
		on('PUT parent', place.arranges, { parent: place.above }),
		on('PUT zones', place.arranges, { zones: [] }),
		on('PUT closing', place.arranges),
		on('DELETE closing', place.arranges),
	];
}

function links({ invitation }: Things): Target[] {
	const path = `${base}/units/${villebrume.id}/invitations`;
	const rule = { in: villebrume.belongs, forbidden: crowd.network };
	return [
		at(`GET ${base}/units/[id]/invitations`, 'unit villebrume', path, rule),
		at(`POST ${base}/units/[id]/invitations`, 'unit villebrume', path, rule),
		at(`DELETE ${base}/units/[id]/invitations/[invitation]`, 'invitation of Odile', `${path}/${invitation}`, {
			in: any('odile'),
		}),
		// What somebody else verified, or long ago, is not taken back.
		at(
			`DELETE ${base}/units/[id]/members/[person]/confirmation`,
			'unit villebrume, mathis',
			`${base}/units/${villebrume.id}/members/${idOf('mathis')}/confirmation`,
			{
				in: crowd.nobody,
				forbidden: crowd.officers.filter((guise) => !villebrume.welcomes.includes(guise)),
			},
		),
	];
}

function terms({ kind, claim }: Things): Target[] {
	const unit = `${base}/units/${villebrume.id}`;
	const appoints = over.villebrume.appoint;
	const ends = (name: 'samuel' | 'yamina', some: Crowd) =>
		at(`POST ${base}/terms/[id]/end`, `term of ${name}`, `${base}/terms/${idOf(`${name} term`)}/end`, {
			...officer(both(acting(name), some)),
			told: true,
			body: { why: 'Fin' },
		});
	return [
		at(`GET ${base}/units/[id]/candidates`, 'unit villebrume', `${unit}/candidates?q=Odile`, {
			finds: { 'Odile Fabrègat': both(over.villebrume.see, appoints) },
		}),
		at(`GET ${base}/units/[id]/offices`, 'unit villebrume', `${unit}/offices`, { in: appoints }),
		at(`POST ${base}/units/[id]/terms`, 'unit villebrume', `${unit}/terms`, {
			...officer(appoints),
			body: { person: idOf('odile'), office: kind.treasurer },
		}),
		ends('samuel', appoints),
		ends('yamina', over.valdorsande.arrange),
		at(`GET ${base}/claims`, 'claim of Noémie', `${base}/claims`, {
			finds: { [claim]: over.castelmauve.claims },
		}),
		at(`DELETE ${base}/claims/[id]`, 'claim of Noémie', `${base}/claims/${claim}`, {
			in: any('noemie'),
			forbidden: over.castelmauve.claims,
		}),
	];
}

function handovers({ handover }: Things): Target[] {
	const one = {
		proposed: { from: any('samuel'), to: any('odile'), names: over.villebrume.appoint },
		accepted: { from: any('fanny'), to: any('tidiane'), names: over.portbrumel.appoint },
	};
	const each = (['proposed', 'accepted'] as const).flatMap((state) => {
		const { from, to, names } = one[state];
		const seen = both(from, to, names);
		const on = (act: string, some: Crowd) => {
			const [method, rest = ''] = act.split(' ');
			const path = `${base}/handovers/${handover[state]}${rest}`;
			return at(`${method} ${base}/handovers/[id]${rest}`, `handover ${state}`, path, {
				...{ in: some, forbidden: seen, busy: true },
			});
		};
		return [
			on('GET', seen),
			on('PUT /acceptance', to),
			on(
				'PUT /confirmation',
				from.filter((guise) => acting('samuel', 'fanny').includes(guise)),
			),
			on('DELETE', both(from, to)),
		];
	});
	return [
		...each,
		at(`GET ${base}/handovers`, 'own', `${base}/handovers`, {
			finds: { [handover.proposed]: any('samuel', 'odile') },
		}),
		at(
			`POST ${base}/terms/[id]/handover`,
			'term of leontine',
			`${base}/terms/${idOf('leontine term')}/handover`,
			{
				...officer(acting('leontine')),
				body: { person: idOf('ines'), note: 'Merci' },
			},
		),
	];
}

function loans({ loan }: Things): Target[] {
	const unit = `${base}/units/${villebrume.id}`;
	return [
		at(`GET ${base}/loans`, 'own', `${base}/loans`, { finds: { [loan]: acting('noemie', 'yamina') } }),
		at(`GET ${base}/units/[id]/lendable`, 'unit villebrume', `${unit}/lendable`),
		at(`POST ${base}/units/[id]/loans`, 'unit villebrume', `${unit}/loans`, {
			...officer(acting('samuel', 'yamina', 'leontine', 'sabrina', 'bertrand', 'paulo')),
			body: { person: idOf('odile'), powers: ['unit.edit'], until: '2099-12-31' },
		}),
		at(`DELETE ${base}/loans/[id]`, 'loan to Noémie', `${base}/loans/${loan}`, {
			in: both(acting('noemie'), over.castelmauve.appoint),
		}),
	];
}

/** Kept at the top. Who keeps those of one section sees that they are, and changes nothing. */
function levels({ kind, keeper }: Things): Target[] {
	const rule = { in: acting('bertrand'), forbidden: acting('tidiane'), busy: true } as const;
	const list = `${base}/levels`;
	const one = `${list}/${kind.id}`;
	const office = `${base}/offices/${keeper}`;
	const named = { ...neighbour, powers: ['members.see'] };
	const on = (act: string, path: string, body?: object) => {
		const route = path.replace(kind.id, '[id]').replace(keeper, '[id]');
		return at(`${act} ${route}`, 'level section', path, { ...rule, ...(body && { body: body as Body }) });
	};
	return [
		at(`GET ${list}`, 'levels', list, { in: acting('bertrand') }),
		at(`GET ${list}/[id]`, 'level section', one, { in: acting('bertrand') }),
		on('POST', list, neighbour),
		on('PATCH', one, neighbour),
		on('POST', `${one}/move`, { direction: 'up' }),
		on('DELETE', one),
		on('POST', `${one}/offices`, named),
		on('PATCH', office, named),
		on('POST', `${office}/move`, { direction: 'up' }),
		on('PUT', `${office}/retirement`, { sure: true }),
	];
}
