import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, any, both, type Crowd, crowd, over } from '../who.ts';
import { ideaReaders } from './ideas.ts';
import { metBy } from './people.ts';
import { petitionLeads, petitionReaders } from './petitions.ts';
import { villebrume } from './units.ts';

const odile = any('odile');
const nobody = crowd.nobody;
const base = '/api/v1';

/** Verbs of the API that do what the forms of pages do: one thing each, where who may differs most. */
export const byProgram = (things: Things): Target[] => [
	...conversations(things),
	...apart(things),
	...ideas(things),
	...petitions(things),
	...belonging(),
];

function conversations({ conversation }: Things): Target[] {
	const on = (name: keyof typeof conversation, seen: Crowd) => (act: string, some: Crowd, body?: object) =>
		at(
			act.replace(' ', ` ${base}/conversations/[id]/`),
			`conversation ${name}`,
			`${base}/conversations/${conversation[name]}/${act.split(' ')[1]}`,
			{ in: some, forbidden: seen, busy: true, ...(body && { body: body as never }) },
		);
	const pair = on('pair', any('odile', 'samuel'));
	const there = any('odile', 'mathis', 'tidiane');
	const several = on('several', there);
	const waiting = on('request', any('odile', 'fanny'));
	return [
		pair('PUT mute', any('odile', 'samuel')),
		pair('DELETE mute', any('odile', 'samuel')),
		pair('PUT keeping', any('odile', 'samuel'), { days: '30' }),
		pair('POST people', nobody, { person: idOf('fanny') }),
		several('POST people', there, { person: idOf('fanny') }),
		several('DELETE participation', there),
		several('PUT participation', any('ines')),
		waiting('POST acceptance', any('fanny')),
		waiting('POST refusal', any('fanny')),
		on('refused', odile)('DELETE refusal', any('noemie')),
		at(`POST ${base}/units/[id]/letters`, 'section', `${base}/units/${idOf('villebrume')}/letters`, {
			in: over.villebrume.contact,
			body: { text: 'Bonjour' },
		}),
	];
}

function apart({ decision }: Things): Target[] {
	const judges = over.villebrume.moderate;
	const people = (['mathis', 'awa'] as const).flatMap((name) =>
		(['block', 'mute'] as const).map((act) =>
			at(`PUT ${base}/people/[id]/${act}`, name, `${base}/people/${idOf(name)}/${act}`, {
				in: metBy[name],
				busy: true,
			}),
		),
	);
	const one = `${base}/decisions/${decision.hidden}`;
	return [
		...people,
		at(`GET ${base}/apart`, 'own', `${base}/apart`),
		...(['block', 'mute'] as const).map((act) =>
			at(`DELETE ${base}/people/[id]/${act}`, 'Lucien', `${base}/people/${idOf('lucien')}/${act}`),
		),
		at(`GET ${base}/decisions`, 'own', `${base}/decisions`),
		at(`GET ${base}/decisions/[id]`, 'decision hidden', one, { in: both(odile, judges) }),
		at(`POST ${base}/decisions/[id]/appeal`, 'decision hidden', `${one}/appeal`, {
			in: odile,
			forbidden: judges,
			busy: true,
			body: { text: 'Je conteste' },
		}),
	];
}

function ideas({ initiative }: Things): Target[] {
	const one = `${base}/initiatives/${initiative.own}`;
	const inTeam = any('odile', 'mathis', 'gerard');
	const leads = both(odile, over.villebrume.speak);
	const on = (act: string, some: Crowd, path = act.split(' ')[1]!) =>
		at(act.replace(' ', ` ${base}/initiatives/[id]/`), 'idea own', `${one}/${path}`, {
			in: some,
			forbidden: ideaReaders.own,
		});
	return [
		on(
			'PUT membership',
			ideaReaders.own.filter((guise) => !inTeam.includes(guise)),
		),
		on('DELETE membership', inTeam),
		on('PUT team/[person]', leads, `team/${idOf('gerard')}`),
		on('DELETE team/[person]', leads, `team/${idOf('gerard')}`),
		on('POST closing', leads),
	];
}

function petitions({ petition }: Things): Target[] {
	const one = `${base}/petitions/${petition.own}`;
	return [
		at(`POST ${base}/petitions`, 'own petition', `${base}/petitions`, {
			in: both(any('odile', 'samuel', 'gerard'), over.villebrume.speak),
			body: { unit: idOf('villebrume'), title: 'Un bus', addressed_to: 'Aux élus', text: 'Du pain' },
		}),
		at(`GET ${base}/petitions/[id]`, 'petition own', one, { in: petitionReaders.own }),
		at(`POST ${base}/petitions/[id]/signatures`, 'petition own', `${one}/signatures`, {
			in: petitionLeads,
			forbidden: petitionReaders.own.filter((guise) => crowd.network.includes(guise)),
			body: { reason: 'À remettre' },
			finds: { 'canary-signature': petitionLeads },
		}),
		at(`POST ${base}/petitions/[id]/closing`, 'petition own', `${one}/closing`, {
			in: petitionLeads,
			forbidden: petitionReaders.own.filter((guise) => crowd.network.includes(guise)),
			body: { result: 'Gagné' },
		}),
	];
}

function belonging(): Target[] {
	const one = `${base}/units/${villebrume.id}`;
	const seen = crowd.officers;
	const on = (act: string, name: 'mathis' | 'odile', some: Crowd) =>
		at(
			`${act.split(' ')[0]} ${base}/units/[id]/members/[person]/${act.split(' ')[1]}`,
			`unit villebrume, ${name}`,
			`${one}/members/${idOf(name)}/${act.split(' ')[1]}`,
			{ in: some, forbidden: seen.filter((guise) => !villebrume.welcomes.includes(guise)), busy: true },
		);
	return [
		at(`PUT ${base}/units/[id]/membership`, 'unit villebrume', `${one}/membership`, {
			in: villebrume.joins,
			busy: true,
		}),
		at(`DELETE ${base}/units/[id]/membership`, 'unit villebrume', `${one}/membership`, {
			in: villebrume.belongs,
		}),
		on('PUT welcome', 'mathis', villebrume.welcomes),
		on('POST confirmation', 'mathis', villebrume.welcomes),
		// A welcome is taken back by who gave it: Samuel's to Odile.
		on('DELETE welcome', 'odile', acting('samuel')),
	];
}
