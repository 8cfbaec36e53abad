import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { idOf, type UnitKey } from '#tests/party.ts';
import { create } from './create.ts';
import type { Call } from './input.ts';

/** The day it will be in so many days, in Paris. */
export const dayIn = (days: number) =>
	new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(
		new Date(Date.now() + days * 86_400_000),
	);

/** A leaflet round at the market, in a week. */
export const round = (fields: Partial<Call> = {}, unit: UnitKey = 'villebrume'): Call => ({
	unit: idOf(unit),
	kind: 'leaflets',
	title: 'Tractage au marché',
	text: 'On se retrouve devant la halle.',
	audience: 'unit',
	place: 'Place des Tanneries',
	day: dayIn(7),
	starts: '09:00',
	ends: '11:30',
	needed: 3,
	...fields,
});

/** An official one by this officer; gives its id. */
export const officialBy = (viewer: Parameters<typeof create>[0], fields: Partial<Call> = {}) =>
	create(viewer, round({ official: 'on', ...fields }));

/** It began two hours ago and ended since. */
export const past = (id: string) =>
	asSystem('test', (tx) =>
		tx.run(sql`update missions.mission set starts_at = now() - interval '2 hours', ends_at = now() - interval '1 minute'
			where mission.id = ${id}::uuid`),
	);
