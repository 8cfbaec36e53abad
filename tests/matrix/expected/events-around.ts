import { idOf } from '#tests/party.ts';
import { at, type Target } from '../cell.ts';
import type { Things } from '../things.ts';
import { acting, both, type Crowd, crowd, over } from '../who.ts';
import { answeredReaders, askedReaders, eventReaders } from './events.ts';
import { organisers } from './events-door.ts';

const ofUnit = both(crowd.villebrume, over.villebrume.moderate);
const present = (some: Crowd) => some.filter((guise) => crowd.network.includes(guise));
/** Organise at Port-Brumel, which is asked. */
const asked = acting('fanny', 'driss', 'sabrina');
const base = '/api/v1/events/[id]';

/** What programs do with what hangs on the event of the unit: as its page does. */
export function eventAround({ event, shift, question, coUnit, placeKey }: Things): Target[] {
	const path = `/api/v1/events/${event.unit}`;
	const seen = eventReaders.unit;
	const rule = (some: Crowd, knows = seen) => ({ in: some, forbidden: knows });
	const list = (what: string, canary: Record<string, Crowd>) =>
		at(`GET ${base}/${what}`, 'event unit', `${path}/${what}`, { in: present(seen), finds: canary });
	const one = `${path}/shifts/${shift}`;
	return [
		list('shifts', { 'canary-shift': present(seen) }),
		list('questions', { 'canary-question-answered': answeredReaders, 'canary-question-open': askedReaders }),
		list('units', {}),
		at(`POST ${base}/shifts`, 'event unit', `${path}/shifts`, {
			...rule(organisers),
			body: { name: 'Café' },
		}),
		at(`DELETE ${base}/shifts/[shift]`, 'shift', one, rule(organisers)),
		at(`PUT ${base}/shifts/[shift]/taker`, 'shift', `${one}/taker`, rule(ofUnit)),
		at(`DELETE ${base}/shifts/[shift]/taker`, 'shift', `${one}/taker`, rule(ofUnit)),
		at(`POST ${base}/questions`, 'event unit', `${path}/questions`, {
			...rule(ofUnit),
			body: { question: 'Quand ?' },
		}),
		at(
			`PUT ${base}/questions/[question]/answer`,
			'question open',
			`${path}/questions/${question.open}/answer`,
			{
				...rule(organisers, askedReaders),
				body: { reply: 'Oui' },
			},
		),
		at(`DELETE ${base}/questions/[question]`, 'question open', `${path}/questions/${question.open}`, {
			in: askedReaders,
		}),
		at(`POST ${base}/units`, 'event unit', `${path}/units`, {
			...rule(organisers),
			body: { unit: idOf('castelmauve') },
		}),
		at(`PUT ${base}/units/[asked]/answer`, 'co-unit asked', `${path}/units/${coUnit}/answer`, {
			...rule(asked, both(organisers, asked)),
			body: { accept: 'no' },
		}),
		at(`DELETE ${base}/units/[asked]`, 'co-unit asked', `${path}/units/${coUnit}`, {
			...rule(organisers, both(organisers, asked)),
		}),
		at('GET /e/[id=id]/ma-place', 'not public any more', `/e/${event.unit}/ma-place?cle=${placeKey}`, {
			in: crowd.everybody,
			finds: { 'canary-told': crowd.everybody },
		}),
		at('POST /e/[id=id]/ma-place?confirm', 'not public any more', `/e/${event.unit}/ma-place`, {
			in: crowd.nobody,
			forbidden: eventReaders.unit,
			body: { cle: placeKey },
		}),
		at('POST /e/[id=id]/ma-place?cancel', 'not public any more', `/e/${event.unit}/ma-place`, {
			body: { cle: placeKey },
		}),
		at(`GET ${base}/visitors`, 'event public', `/api/v1/events/${event.public}/visitors`, {
			in: organisers,
			forbidden: eventReaders.public,
		}),
	];
}
