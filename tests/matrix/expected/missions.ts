import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { type MissionState, missionStates } from '../things-missions.ts';
import { acting, any, both, type Crowd, crowd, over, without } from '../who.ts';

const odile = any('odile');
/** Their office calls for missions in Villebrume: whoever speaks for the section. */
const answering = over.villebrume.speak;
/** The section's people, and whose office answers for it or moderates it: what the database keeps it for. */
export const ofSection = both(crowd.villebrume, answering, over.villebrume.moderate);

/** Who reads a mission in each state. */
export const missionReaders: Record<MissionState, Crowd> = {
	official: ofSection,
	network: crowd.network,
	public: crowd.everybody,
	// Odile blocked Lucien.
	own: without(ofSection, 'lucien'),
	hidden: odile,
	begun: ofSection,
	cancelled: ofSection,
};
const leads: Record<MissionState, Crowd> = {
	official: answering,
	network: answering,
	public: answering,
	own: both(odile, answering),
	hidden: odile,
	begun: answering,
	cancelled: answering,
};
/** Who is on the list. */
const comes = (state: MissionState) => (state === 'own' || state === 'hidden' ? any('gerard') : odile);
const nobody = crowd.nobody;

const when = { day: '2027-11-20', starts: '18:00', ends: '20:00' };
const said = { kind: 'doors', title: 'Porte-à-porte', text: '', audience: 'unit', needed: '4', ...when };
const report = { people: '3', doors: '', leaflets: '', report: '' };

/** Missions in each state, and what one may do to them. */
export function missions({ mission }: Things): Target[] {
	return [
		at('GET /missions', 'list', '/missions'),
		at('GET /missions', 'past', '/missions?vue=passees'),
		at('GET /mes-actions', 'own', '/mes-actions', { rules: ['missions.enrolment.see'] }),
		at('GET /missions/comptes', 'tallies', '/missions/comptes', {
			in: acting('samuel', 'yamina', 'leontine', 'sabrina', 'fanny', 'driss'),
		}),
		...missionStates.flatMap((state) => around(state, mission[state])),
		...led(mission),
		...calls(),
		...forPrograms(mission),
	];
}

function around(state: MissionState, id: string): Target[] {
	const about = `mission ${state}`;
	const seen = missionReaders[state];
	const isOpen = state !== 'hidden' && state !== 'cancelled';
	const targets = [
		at('GET /missions/[id=id]', about, `/missions/${id}`, {
			in: seen,
			finds: { [`canary-mission-${state}`]: seen },
		}),
		at('POST /missions?enrol', about, '/missions', {
			in: isOpen ? seen : nobody,
			forbidden: seen,
			body: { id },
		}),
	];
	const reported = `/securite/signaler?kind=mission&id=${id}`;
	if (state === 'own')
		targets.push(
			at('GET /securite/signaler', about, reported, { in: seen }),
			at('POST /securite/signaler?report', about, reported, {
				in: seen,
				busy: true,
				body: { kind: 'mission', id, reason: 'spam', note: '' },
			}),
		);
	if (state === 'network' || state === 'public' || state === 'begun') return targets;
	return [
		...targets,
		at('POST /missions?leave', about, '/missions', {
			in: state === 'cancelled' ? nobody : comes(state),
			forbidden: seen,
			body: { id },
		}),
	];
}

/** What who leads a mission does with it. */
function led(mission: Things['mission']): Target[] {
	const states: MissionState[] = ['own', 'begun', 'cancelled'];
	return states.flatMap((state) => {
		const page = `/missions/${mission[state]}`;
		const about = `mission ${state}`;
		const rule = (some: Crowd) => ({ in: some, forbidden: missionReaders[state] });
		const edits = state === 'cancelled' ? nobody : leads[state];
		const settles = state === 'begun' ? leads[state] : nobody;
		return [
			at('GET /missions/[id=id]/modifier', about, `${page}/modifier`, rule(edits)),
			at('POST /missions/[id=id]/modifier?change', about, `${page}/modifier`, {
				...rule(edits),
				body: { ...said, place: 'Rue Basse', version: '1' },
			}),
			at('POST /missions/[id=id]/modifier?cancel', about, `${page}/modifier`, {
				...rule(edits),
				body: { reason: 'Pluie' },
			}),
			at('GET /missions/[id=id]/bilan', about, `${page}/bilan`, rule(settles)),
			at('POST /missions/[id=id]/bilan?close', about, `${page}/bilan`, { ...rule(settles), body: report }),
			at('POST /missions/[id=id]/bilan?attend', about, `${page}/bilan`, {
				...rule(settles),
				body: { 'came[]': [idOf('odile')] },
			}),
			at('GET /missions/[id=id]/feuille', about, `${page}/feuille`, rule(leads[state])),
		];
	});
}

/** Where missions are called for. */
function calls(): Target[] {
	const page = '/missions/nouvelle';
	const ofUnit = { ...said, unit: idOf('villebrume'), place: 'Rue Basse' };
	const members = any('odile', 'samuel', 'gerard');
	const targets = idOf('matrix selection published');
	return [
		at('GET /missions/nouvelle', 'form', page),
		at('GET /missions/nouvelle', 'stations', `${page}?cibles=${targets}`, { in: over.villebrume.edit }),
		at('POST /missions/nouvelle?create', 'own idea', page, { in: both(members, answering), body: ofUnit }),
		at('POST /missions/nouvelle?create', 'official', page, {
			in: answering,
			forbidden: members,
			body: { ...ofUnit, official: 'on' },
			rules: ['missions.caller.official'],
		}),
		at('POST /missions/nouvelle?fromTargets', 'stations', page, {
			in: over.villebrume.edit,
			busy: true,
			body: { ...said, targets },
		}),
	];
}

function forPrograms(mission: Things['mission']): Target[] {
	const base = '/api/v1/missions';
	const one = `${base}/${mission.own}`;
	const seen = missionReaders.own;
	const rule = (some: Crowd) => ({ in: some, forbidden: seen });
	const number = { ...said, needed: 4, place: 'Rue Basse' };
	return [
		at(`GET ${base}`, 'coming', base, { finds: { 'canary-mission-own': seen } }),
		at('GET /api/v1/actions', 'own', '/api/v1/actions'),
		at(`POST ${base}`, 'own idea', base, {
			in: both(any('odile', 'samuel', 'gerard'), answering),
			body: { ...number, unit: idOf('villebrume') },
		}),
		at(`GET ${base}/[id]`, 'mission own', one, { in: seen }),
		at(`PATCH ${base}/[id]`, 'mission own', one, {
			...rule(both(odile, answering)),
			body: { ...number, version: 1 },
		}),
		at(`PUT ${base}/[id]/enrolment`, 'mission own', `${one}/enrolment`, { in: seen }),
		at(`DELETE ${base}/[id]/enrolment`, 'mission own', `${one}/enrolment`, rule(any('gerard'))),
		at(`POST ${base}/[id]/cancellation`, 'mission own', `${one}/cancellation`, {
			...rule(both(odile, answering)),
			body: { reason: 'Pluie' },
		}),
		at(`POST ${base}/[id]/report`, 'mission begun', `${base}/${mission.begun}/report`, {
			in: leads.begun,
			forbidden: missionReaders.begun,
			body: { people: 3 },
		}),
	];
}
