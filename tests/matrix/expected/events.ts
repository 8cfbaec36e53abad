import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { type EventState, eventStates } from '../things-events.ts';
import { acting, any, both, type Crowd, crowd, over, without } from '../who.ts';

const nobody = crowd.nobody;
/** Hold the power to organise on Villebrume or above. */
export const organisers = acting('samuel', 'yamina', 'leontine', 'sabrina');
/** Organise at Port-Brumel, which is asked. */
const asked = acting('fanny', 'driss', 'sabrina');
const ofUnit = both(crowd.villebrume, over.villebrume.moderate);
const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));

/** Who sees an event in each state. */
export const eventReaders: Record<EventState, Crowd> = {
	public: crowd.everybody,
	unit: both(ofUnit, organisers, asked),
	invited: both(any('tidiane', 'noemie'), organisers),
	cancelled: both(ofUnit, organisers),
	over: crowd.everybody,
	hidden: organisers,
};
/** Who answers it: who is shown it, not only who organises. */
const answerers: Record<EventState, Crowd> = {
	public: crowd.network,
	unit: ofUnit,
	invited: any('tidiane', 'noemie'),
	cancelled: nobody,
	over: nobody,
	hidden: nobody,
};
const organised: EventState[] = ['public', 'unit', 'invited', 'hidden'];
/** Odile blocked Lucien: her answered question is not for him. */
export const answeredReaders = without(eventReaders.unit, 'lucien');
export const askedReaders = both(any('odile'), organisers);
export const linkReaders = both(any('odile'), organisers);

const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
const words = { title: 'Bonjour', day, starts: '19:00', ends: '21:00', visibility: 'unit' };

function doorsOf(state: EventState, id: string): Target[] {
	const about = `event ${state}`;
	const page = `/evenements/${id}`;
	const seen = present(eventReaders[state]);
	const rule = (some: Crowd) => ({ in: some, forbidden: seen });
	const acts = rule(organised.includes(state) ? organisers : nobody);
	const invitation = { unit: idOf('villebrume') };
	return [
		at('GET /evenements/[id=id]', about, page, { in: seen, finds: { [`canary-event-${state}`]: seen } }),
		at('POST /evenements/[id=id]?answer', about, page, {
			...rule(answerers[state]),
			body: { presence: 'maybe' },
		}),
		at('POST /evenements/[id=id]?confirm', about, page, rule(answerers[state])),
		at('POST /evenements/[id=id]?addShift', about, page, { ...acts, body: { name: 'Café' } }),
		at('GET /evenements/[id=id]/modifier', about, `${page}/modifier`, acts),
		at('POST /evenements/[id=id]/modifier?change', about, `${page}/modifier`, { ...acts, body: words }),
		at('POST /evenements/[id=id]/modifier?cancel', about, `${page}/modifier`, {
			...acts,
			body: { reason: 'Orage' },
		}),
		at('GET /evenements/[id=id]/inviter', about, `${page}/inviter`, acts),
		at('POST /evenements/[id=id]/inviter?inviteUnit', about, `${page}/inviter`, {
			...acts,
			body: invitation,
		}),
		at('GET /evenements/[id=id]/reponses', about, `${page}/reponses`, rule(organisers)),
		at(
			'PUT /api/v1/events/[id]/answer/confirmation',
			about,
			`/api/v1/events/${id}/answer/confirmation`,
			rule(answerers[state]),
		),
		at('PUT /api/v1/events/[id]/answer', about, `/api/v1/events/${id}/answer`, {
			...rule(answerers[state]),
			body: { presence: 'maybe' },
		}),
		at('GET /api/v1/events/[id]', about, `/api/v1/events/${id}`, { in: eventReaders[state] }),
	];
}

/** What is open to anybody: public events, and a place kept by a link. */
function openDoors({ event, visitorKey }: Things): Target[] {
	const visit = { email: 'dehors@dehors.example' };
	return (['public', 'unit', 'over'] as const).flatMap((state) => {
		const page = `/e/${event[state]}`;
		const place = `${page}/ma-place`;
		const about = `event ${state}`;
		const open = state === 'unit' ? nobody : crowd.everybody;
		const coming = {
			in: state === 'public' ? crowd.everybody : nobody,
			forbidden: state === 'over' ? open : nobody,
		};
		const here = state === 'public' ? crowd.everybody : nobody;
		return [
			at('GET /e/[id=id]', about, page, { in: open }),
			// The rule is asked of who comes: somebody of the unit is told that it is not for visitors.
			at('POST /e/[id=id]?visit', about, page, {
				...coming,
				forbidden: state === 'unit' ? eventReaders.unit : coming.forbidden,
				body: visit,
			}),
			at('GET /e/[id=id]/ma-place', about, `${place}?cle=${visitorKey}`, { in: here }),
			at('POST /e/[id=id]/ma-place?confirm', about, place, { in: here, body: { cle: visitorKey } }),
			at('POST /e/[id=id]/ma-place?cancel', about, place, { in: here, body: { cle: visitorKey } }),
		];
	});
}

/** What hangs on one event of the unit. */
function around({ event, shift, question, coUnit }: Things): Target[] {
	const page = `/evenements/${event.unit}`;
	const seen = eventReaders.unit;
	const rule = (some: Crowd, knows = seen) => ({ in: some, forbidden: knows });
	const questions = (ability: string, some: Crowd, body: Record<string, string>) => [
		at(`POST /evenements/[id=id]?${ability}`, 'question open', page, {
			...rule(some, askedReaders),
			body: { id: question.open, ...body },
		}),
		at(`POST /evenements/[id=id]?${ability}`, 'question answered', page, {
			...rule(some, answeredReaders),
			body: { id: question.answered, ...body },
		}),
	];
	return [
		at('POST /evenements/[id=id]?takeShift', 'shift', page, { ...rule(ofUnit), body: { shift } }),
		at('POST /evenements/[id=id]?leaveShift', 'shift', page, { ...rule(ofUnit), body: { shift } }),
		at('POST /evenements/[id=id]?dropShift', 'shift', page, { ...rule(organisers), body: { shift } }),
		at('POST /evenements/[id=id]?ask', 'event unit', page, {
			...rule(ofUnit),
			body: { question: 'Quand ?' },
		}),
		...questions('reply', organisers, { reply: 'Oui' }),
		...questions('dropQuestion', both(any('odile'), organisers), {}),
		at('POST /evenements/[id=id]?answerUnit', 'co-unit asked', page, {
			...rule(asked, both(organisers, asked)),
			body: { id: coUnit, accept: 'no' },
			rules: ['events.co_unit.see'],
		}),
		at('POST /evenements/[id=id]/inviter?dropUnit', 'co-unit asked', `${page}/inviter`, {
			...rule(organisers, both(organisers, asked)),
			body: { id: coUnit },
		}),
		at('POST /evenements/[id=id]/inviter?askUnit', 'event unit', `${page}/inviter`, {
			...rule(organisers),
			body: { unit: idOf('castelmauve') },
		}),
		at('POST /evenements/[id=id]/inviter?invitePerson', 'event unit', `${page}/inviter`, {
			...rule(organisers),
			body: { person: idOf('samuel') },
		}),
		at('GET /securite/signaler', 'event unit', `/securite/signaler?kind=event&id=${event.unit}`, {
			in: seen,
			busy: true,
			rules: ['events.event.see'],
		}),
	];
}

function coverDoors(id: string): Target[] {
	const rule = { in: organisers, forbidden: present(eventReaders.unit) };
	const page = `/evenements/${id}/modifier`;
	return [
		at('POST /evenements/[id=id]/modifier?cover', 'event unit', page, {
			...rule,
			busy: true,
			body: { cover_words: 'Un stand' },
		}),
		at('POST /evenements/[id=id]/modifier?dropCover', 'event unit', page, rule),
	];
}

/** Events, what hangs on them, and where one plans them. */
export function events(things: Things): Target[] {
	const { event } = things;
	const plan = { ...words, unit: idOf('villebrume') };
	const mine = { in: organisers, forbidden: crowd.network, body: plan, told: true } as const;
	const changes = (route: string, path: string, body: Record<string, string>) =>
		at(route, 'event unit', `/api/v1/events/${event.unit}${path}`, {
			in: organisers,
			forbidden: eventReaders.unit,
			body,
		});
	return [
		at('GET /agenda', 'mine', '/agenda', { in: crowd.network }),
		at('GET /evenements/nouveau', 'mine', '/evenements/nouveau', { in: crowd.network }),
		at('POST /evenements/nouveau?create', 'villebrume', '/evenements/nouveau', mine),
		at('GET /api/v1/events', 'mine', '/api/v1/events', { in: crowd.network }),
		at('GET /api/v1/events/next', 'mine', '/api/v1/events/next', { in: crowd.network }),
		at('POST /api/v1/events', 'villebrume', '/api/v1/events', mine),
		changes('PATCH /api/v1/events/[id]', '', words),
		changes('POST /api/v1/events/[id]/cancel', '/cancel', { reason: 'Orage' }),
		changes('POST /api/v1/events/[id]/invitations', '/invitations', { unit: idOf('villebrume') }),
		changes('DELETE /api/v1/events/[id]/cover', '/cover', {}),
		at('PUT /api/v1/events/[id]/cover', 'event unit', `/api/v1/events/${event.unit}/cover`, {
			in: organisers,
			forbidden: eventReaders.unit,
			busy: true,
			body: { description: 'Un stand' },
		}),
		at('GET /fichiers/[id=id]', 'picture of an event', `/fichiers/${things.eventCover}`, {
			in: eventReaders.unit,
			rules: ['events.event.see'],
		}),
		...coverDoors(event.unit),
		...eventStates.flatMap((state) => doorsOf(state, event[state])),
		...openDoors(things),
		...around(things),
	];
}
