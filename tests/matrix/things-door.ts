import type { Tx } from '#platform/db.ts';
import { hashOfSecret } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { idOf } from '#tests/party.ts';

/** Events at their door: one of the section under way, one for everybody whose telling is begun, one of the section to come. */
export const doorEvents = {
	under: idOf('matrix door under way'),
	told: idOf('matrix door told'),
	later: idOf('matrix door later'),
} as const;
/** The secret of Odile's own calendar. */
export const feedSecret = 'matrix-calendar-of-odile';

const samuel = idOf('samuel');

/** What the door of an event, its calendars and its report need to be knocked at. */
export async function putDoors(tx: Tx) {
	const event = (id: string, title: string, visibility: string, hours: number, length: number) =>
		tx.run(sql`insert into events.event (id, unit_id, by_id, title, text, visibility, online_url, starts_at, ends_at)
			values (${id}, ${idOf('villebrume')}, ${samuel}, ${title}, ${title}, ${visibility}, 'https://visio.example/canary-door-online',
				now() + make_interval(hours => ${hours}), now() + make_interval(hours => ${hours + length}))`);
	await event(doorEvents.under, 'canary-door-under', 'unit', -1, 3);
	await event(doorEvents.told, 'Réunion publique', 'public', -5, 2);
	await event(doorEvents.later, 'canary-door-later', 'unit', 72, 2);
	for (const id of Object.values(doorEvents))
		await tx.run(sql`insert into events.answer (id, event_id, person_id, answer)
			values (${idOf(`matrix answer ${id}`)}, ${id}, ${idOf('odile')}, 'coming')`);
	const visitor = idOf('matrix door visitor');
	await tx.run(sql`insert into events.visitor (id, event_id, email, email_key, name, token_hash, confirmed_at)
		values (${visitor}, ${doorEvents.under}, 'door@else.example', 'door@else.example', 'canary-door-visitor', 'x', now())`);
	await tx.run(sql`insert into events.answer (id, event_id, visitor_id, answer)
		values (${idOf('matrix visitor answer')}, ${doorEvents.under}, ${visitor}, 'coming')`);
	await tx.run(sql`insert into events.report (event_id, by_id, text, published_at) values
		(${doorEvents.under}, ${samuel}, 'canary-report-published', now()), (${doorEvents.told}, ${samuel}, 'canary-report-begun', null)`);
	await tx.run(
		sql`insert into events.feed (person_id, token_hash) values (${idOf('odile')}, ${hashOfSecret(feedSecret)})`,
	);
	return {};
}
