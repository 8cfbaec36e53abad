import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, any, both, type Crowd, crowd, over } from '../who.ts';
import { claimable, claimUnits } from './units.ts';

const nobody = crowd.nobody;
/** Officers who may know who belongs to Villebrume: the only names that a search for somebody to name gives them. */
const knows = both(over.villebrume.see, over.villebrume.appoint);
const bureau = (unit: 'villebrume' | 'pontsarvan' | 'castelmauve' | 'montclairval') =>
	`/unites/${idOf(unit)}/bureau`;
const officer = (some: Crowd) => ({ in: some, forbidden: crowd.officers });

/** Offices: who names, claims, hands over, lends. */
export function offices(things: Things): Target[] {
	return [...claims(things), ...terms(things), ...handovers(things), ...loans(things), ...recoveries(things)];
}

function claims({ claim }: Things): Target[] {
	const decides = over.castelmauve.claims;
	const refuse = { claim, answer: 'refuse', decision: 'Une autre personne est choisie' };
	const rule = { in: decides, forbidden: any('noemie'), body: refuse };
	return [
		...claimUnits.flatMap((unit) => [
			at('POST /unites/[id=id]/bureau?claim', `unit ${unit}`, bureau(unit), {
				in: claimable[unit],
				forbidden: crowd.members,
				busy: true,
				body: { reason: 'Je veux bien' },
			}),
			at('POST /api/v1/units/[id]/claim', `unit ${unit}`, `/api/v1/units/${idOf(unit)}/claim`, {
				in: claimable[unit],
				forbidden: crowd.members,
				busy: true,
				body: { reason: 'Je veux bien' },
			}),
		]),
		at('POST /unites/[id=id]/bureau?withdraw', 'claim of Noémie', bureau('castelmauve'), {
			in: any('noemie'),
			forbidden: decides,
			body: { claim },
		}),
		at('POST /mes-20-minutes?decide', 'claim of Noémie', '/mes-20-minutes', rule),
		at('POST /responsabilites?decide', 'claim of Noémie', '/responsabilites', rule),
		at('POST /api/v1/claims/[id]/decide', 'claim of Noémie', `/api/v1/claims/${claim}/decide`, {
			...rule,
			body: { answer: 'refuse', decision: 'Non' },
		}),
		at('GET /mes-20-minutes', 'own', '/mes-20-minutes'),
		at('POST /mes-20-minutes?welcome', 'Mathis', '/mes-20-minutes', {
			...officer(over.villebrume.welcome),
			busy: true,
			body: { unit: idOf('villebrume'), person: idOf('mathis') },
		}),
		at('GET /responsabilites', 'own', '/responsabilites'),
		at('GET /responsabilites/sans-responsable', 'own', '/responsabilites/sans-responsable'),
		at('GET /responsabilites/signes', 'own', '/responsabilites/signes', {
			finds: { 'membres?revenir=1': over.portbrumel.see },
			rules: ['feed.silence.see'],
		}),
		at('GET /api/v1/signs', 'own', '/api/v1/signs', {
			finds: {
				// The last word of Port-Brumel: none, for who reads what is said there.
				'"since":null': both(over.portbrumel.contact),
				'"once":1': both(over.portbrumel.see, over.portbrumel.appoint),
			},
			rules: ['feed.silence.see'],
		}),
		at('GET /api/v1/powers', 'own', '/api/v1/powers'),
	];
}

function terms({ kind }: Things): Target[] {
	const ends = {
		samuel: both(acting('samuel'), over.villebrume.appoint),
		fanny: both(acting('fanny'), over.portbrumel.appoint),
		// Whoever names others is named, and ended, from above.
		yamina: both(acting('yamina'), over.valdorsande.arrange),
		gerard: nobody,
	};
	const appoint = { person: idOf('odile'), office: kind.treasurer };
	return [
		...(Object.keys(ends) as (keyof typeof ends)[]).map((name) =>
			at('POST /unites/[id=id]/bureau?end', `term of ${name}`, bureau('villebrume'), {
				...officer(ends[name]),
				busy: true,
				told: true,
				body: { term: idOf(`${name} term`), why: 'Fin' },
			}),
		),
		at('GET /unites/[id=id]/bureau/nommer', 'unit villebrume', `${bureau('villebrume')}/nommer`, {
			in: over.villebrume.appoint,
		}),
		at('GET /unites/[id=id]/bureau/nommer', 'unit portbrumel', `${bureau('pontsarvan')}/nommer`, {
			in: over.portbrumel.appoint,
		}),
		at('POST /unites/[id=id]/bureau/nommer?find', 'unit villebrume', `${bureau('villebrume')}/nommer`, {
			in: over.villebrume.appoint,
			body: { who: 'Odile' },
		}),
		at('POST /unites/[id=id]/bureau/nommer?appoint', 'unit villebrume', `${bureau('villebrume')}/nommer`, {
			...officer(over.villebrume.appoint),
			busy: true,
			body: appoint,
		}),
		at('GET /administration/droits', 'page', '/administration/droits?qui=samuel'),
	];
}

function handovers({ handover }: Things): Target[] {
	const passing = (unit: 'villebrume' | 'pontsarvan') => `${bureau(unit)}/passation`;
	const page = {
		proposed: {
			path: `${passing('villebrume')}/${handover.proposed}`,
			from: any('samuel'),
			to: any('odile'),
			names: over.villebrume.appoint,
		},
		accepted: {
			path: `${passing('pontsarvan')}/${handover.accepted}`,
			from: any('fanny'),
			to: any('tidiane'),
			names: over.portbrumel.appoint,
		},
	};
	const each = (['proposed', 'accepted'] as const).flatMap((state) => {
		const { path, from, to, names } = page[state];
		const seen = both(from, to, names);
		const about = `handover ${state}`;
		const route = '/unites/[id=id]/bureau/passation/[handover=id]';
		const holder = from.filter((guise) => acting('samuel', 'fanny').includes(guise));
		return [
			at(`GET ${route}`, about, path, { in: seen }),
			at(`POST ${route}?accept`, about, path, { in: to, forbidden: seen, busy: true }),
			at(`POST ${route}?confirm`, about, path, { in: holder, forbidden: seen, busy: true }),
			at(`POST ${route}?cancel`, about, path, { in: both(from, to), forbidden: seen, busy: true }),
		];
	});
	return [
		...each,
		at('GET /unites/[id=id]/bureau/passation', 'unit villebrume', passing('villebrume'), {}),
		at('POST /unites/[id=id]/bureau/passation?find', 'unit villebrume', passing('villebrume'), {
			finds: { 'Odile Fabrègat': acting('samuel') },
			body: { who: 'Odile' },
		}),
		at('POST /unites/[id=id]/bureau/passation?propose', 'term of leontine', passing('villebrume'), {
			...officer(acting('leontine')),
			busy: true,
			body: { term: idOf('leontine term'), person: idOf('ines'), note: 'Merci' },
		}),
	];
}

function loans({ loan }: Things): Target[] {
	const page = '/responsabilites/prets';
	const lends = acting('samuel', 'yamina', 'leontine', 'sabrina', 'bertrand', 'paulo');
	return [
		at('GET /responsabilites/prets', 'own', page),
		at('POST /responsabilites/prets?find', 'unit villebrume', page, {
			finds: { 'Odile Fabrègat': knows },
			body: { unit: idOf('villebrume'), who: 'Odile' },
		}),
		at('POST /responsabilites/prets?lend', 'unit villebrume', page, {
			...officer(lends),
			busy: true,
			body: {
				unit: idOf('villebrume'),
				person: idOf('odile'),
				'powers[]': ['unit.edit'],
				until: '2099-12-31',
			},
		}),
		at('POST /responsabilites/prets?end', 'loan to Noémie', page, {
			in: both(acting('noemie'), over.castelmauve.appoint),
			body: { loan },
		}),
	];
}

/** Odile lost her account: who reaches her contact answers. */
function recoveries({ recovery }: Things): Target[] {
	const page = '/responsabilites/acces';
	const answers = { in: over.villebrume.contact };
	const api = `/api/v1/recoveries/${recovery}`;
	return [
		at('GET /api/v1/recoveries', 'of Odile', '/api/v1/recoveries', {
			finds: { 'canary-recovery-told': over.villebrume.contact },
		}),
		at('POST /api/v1/recoveries/[id]/vouch', 'of Odile', `${api}/vouch`, {
			...answers,
			body: { how: 'Vue au local' },
		}),
		at('POST /api/v1/recoveries/[id]/refuse', 'of Odile', `${api}/refuse`, {
			...answers,
			body: { why: 'Ce n’est pas elle' },
		}),
		at('GET /responsabilites/acces', 'of Odile', page, {
			finds: { 'canary-recovery-told': over.villebrume.contact },
		}),
		at('POST /responsabilites/acces?vouch', 'of Odile', page, {
			...answers,
			body: { recovery, how: 'Vue au local', sure: 'on' },
		}),
		at('POST /responsabilites/acces?refuse', 'of Odile', page, {
			...answers,
			body: { recovery, why: 'Ce n’est pas elle' },
		}),
	];
}
