import type { Tx } from '#platform/db.ts';
import type { Privacy } from '#platform/domain.ts';
import { nobody } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { eraseCovers } from './cover.ts';
import { moveUp } from './seats.ts';
import { visitors } from './visitors.ts';

const day = 86_400_000;

/** What the events keep about people. An event is its unit's: it stays when who wrote it goes, without them. */
export const privacy: Privacy = {
	tables: {
		'events.event': {
			person: 'by_id',
			columns: [
				'by_id',
				'title',
				'text',
				'place_name',
				'address',
				'access',
				'cover_id',
				'cover_description',
				'zone_id',
				'online_url',
				'time_zone',
				'folded',
				'search',
				'cancelled_by',
				'cancel_reason',
				'cancel_cause',
			],
			kept: 'with its unit, or its group',
			onErase: 'keep',
		},
		'events.series': {
			person: null,
			columns: ['time_zone', 'rule'],
			kept: 'with its events',
			onErase: 'keep',
		},
		'events.shift': { person: null, columns: ['name'], kept: 'with its event', onErase: 'keep' },
		'events.co_unit': {
			person: null,
			columns: ['asked_by', 'answered_by'],
			kept: 'with its event',
			onErase: 'keep',
		},
		'events.invitation': {
			person: 'person_id',
			columns: ['person_id', 'by_id'],
			kept: '12 months after the event',
			onErase: 'delete',
		},
		'events.visitor': {
			person: null,
			columns: ['email', 'email_key', 'name', 'language', 'token_hash', 'told'],
			kept: '30 days after the event; 7 days when not confirmed',
			onErase: 'delete',
		},
		'events.answer': {
			person: 'person_id',
			columns: ['person_id', 'answer', 'guests'],
			kept: '12 months after the event',
			onErase: 'delete',
		},
		'events.taker': {
			person: 'person_id',
			columns: ['person_id'],
			kept: '12 months after the event',
			onErase: 'delete',
		},
		'events.question': {
			person: 'by_id',
			columns: ['by_id', 'text', 'answer', 'answered_by'],
			kept: '12 months after the event',
			onErase: 'delete',
		},
		'events.attendance': {
			person: 'person_id',
			columns: ['person_id', 'by_id', 'guests'],
			kept: '12 months after the event',
			onErase: 'delete',
		},
		'events.feed': {
			person: 'person_id',
			columns: ['person_id', 'token_hash'],
			kept: 'until its person ends it',
			onErase: 'delete',
		},
		'events.report': { person: 'by_id', columns: ['by_id', 'text'], kept: 'with its event', onErase: 'keep' },
		'events.report_picture': {
			person: null,
			columns: ['description'],
			kept: 'with its event',
			onErase: 'keep',
		},
	},
	said: {
		'events.visibility': 'events.visible_',
		'answers.answer': 'privacy.is_',
	},
	gather,
	erase,
	retain,
};

async function gather(tx: Tx, personId: string): Promise<Record<string, unknown[]>> {
	const of = (table: string, column: string, columns: string) =>
		tx.many<unknown>(sql`select ${sql.raw(columns)} from ${sql.raw(`events.${table}`)} as held
			where held.${sql.raw(column)} = ${personId}::uuid`);
	// Which event: when and where, in the words of nobody.
	const event = `(select unit.name from events.event join territory.unit on unit.id = event.unit_id where event.id = held.event_id) as unit,
		(select event.starts_at from events.event where event.id = held.event_id) as starts_at`;
	return {
		events: await of(
			'event',
			'by_id',
			`id, unit_id, (select unit.name from territory.unit where unit.id = held.unit_id) as unit, group_id, (select circle.name from groups.circle where circle.id = held.group_id and (circle.visibility <> 'secret' or exists (
				select from groups.seat where seat.circle_id = circle.id and seat.person_id = held.by_id))) as "group", title, text, starts_at, visibility, created_at`,
		),
		reports: await of('report', 'by_id', `event_id, ${event}, text, counted, published_at`),
		answers: await of(
			'answer',
			'person_id',
			`event_id, ${event}, answer, guests, answered_at, is_waiting, confirmed_at`,
		),
		shifts: await of(
			'taker',
			'person_id',
			'shift_id, (select shift.name from events.shift where shift.id = held.shift_id) as name, at',
		),
		questions: await of('question', 'by_id', `event_id, ${event}, text, asked_at, answer, answered_at`),
		invitations: await of('invitation', 'person_id', `event_id, ${event}, at`),
		calendars: await of('feed', 'person_id', 'made_at, read_at'),
		attendances: await of('attendance', 'person_id', `event_id, ${event}, at`),
	};
}

async function erase(tx: Tx, personId: string): Promise<void> {
	await eraseCovers(tx, personId);
	const answered = await tx.many<{ event_id: string }>(sql`select answer.event_id from events.answer
		join events.event on event.id = answer.event_id where answer.person_id = ${personId}::uuid order by event.id for update of event`);
	for (const table of ['answer', 'taker', 'invitation', 'attendance', 'feed'])
		await tx.run(
			sql`delete from ${sql.raw(`events.${table}`)} as held where held.person_id = ${personId}::uuid`,
		);
	await tx.run(sql`delete from events.question where question.by_id = ${personId}::uuid`);
	for (const { event_id } of answered) await moveUp(tx, event_id);
	const names = {
		event: ['by_id', 'cancelled_by'],
		co_unit: ['asked_by', 'answered_by'],
		invitation: ['by_id'],
		question: ['answered_by'],
		attendance: ['by_id'],
		report: ['by_id'],
	};
	for (const [table, columns] of Object.entries(names))
		for (const column of columns)
			await tx.run(sql`update ${sql.raw(`events.${table}`)} as held set ${sql.raw(column)} = ${nobody}::uuid
				where held.${sql.raw(column)} = ${personId}::uuid`);
}

/** Visitors go a month after; who came and who asked, a year after. The counts stay. */
async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const year = new Date(now.getTime() - 365 * day);
	const endedBefore = (at: Date) =>
		sql`exists (select from events.event where event.id = held.event_id and event.ends_at < ${at})`;
	const rules = {
		'events.visitor': visitors.outlived(now, endedBefore),
		'events.answer': sql`held.person_id is not null and ${endedBefore(year)}`,
		'events.question': endedBefore(year),
		'events.invitation': endedBefore(year),
		'events.attendance': sql`held.person_id is not null and ${endedBefore(year)}`,
		'events.taker': sql`exists (select from events.shift join events.event on event.id = shift.event_id
			where shift.id = held.shift_id and event.ends_at < ${year})`,
	};
	const found: Record<string, number> = {};
	for (const [table, rule] of Object.entries(rules)) {
		found[table] = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from ${sql.raw(table)} as held where ${rule}`,
		))!.n;
		if (!dry) await tx.run(sql`delete from ${sql.raw(table)} as held where ${rule}`);
	}
	return found;
}
