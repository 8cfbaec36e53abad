import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { clockIn } from '#platform/local-time.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf, type UnitKey } from '#tests/party.ts';
import type { Creation } from './input.ts';

const hour = 3_600_000;

/** An instant so many hours from now. */
export const inHours = (hours: number) => new Date(Date.now() + hours * hour);

/** The day so many days from now. */
export const inDays = (days: number) => clockIn(new Date(Date.now() + days * 86_400_000), 'Europe/Paris').day;
/** A whole creation, of which a test says what matters. */
export const said = (rest: Partial<Creation> = {}): Creation => ({
	unit: idOf('villebrume'),
	group: '',
	title: 'Réunion publique',
	text: 'Venez nombreux.',
	day: inDays(10),
	starts: '19:00',
	ends: '21:00',
	end_day: '',
	time_zone: 'Europe/Paris',
	place_name: 'Salle des fêtes',
	access: '',
	street: '',
	commune: '',
	zone: '',
	online_url: '',
	visibility: 'unit',
	capacity: null,
	guests_allowed: 0,
	repeat: '',
	every: 1,
	until: '',
	times: null,
	...rest,
});

interface Given {
	unit?: UnitKey;
	by?: CastName;
	title?: string;
	visibility?: string;
	startsAt?: Date;
	endsAt?: Date;
	capacity?: number | null;
	guests?: number;
}

/** An event put into the database as it would be after its creation; gives its id. */
export async function planned({
	unit = 'villebrume',
	by = 'samuel',
	title = 'Stand au marché',
	visibility = 'unit',
	startsAt = inHours(72),
	endsAt = new Date(startsAt.getTime() + 3 * hour),
	capacity = null,
	guests = 0,
}: Given = {}): Promise<string> {
	const id = newId();
	await asSystem('test', (tx) =>
		tx.run(sql`insert into events.event (id, unit_id, by_id, title, visibility, starts_at, ends_at, capacity, guests_allowed)
			values (${id}, ${idOf(unit)}, ${idOf(by)}, ${title}, ${visibility}, ${startsAt}, ${endsAt}, ${capacity}::int, ${guests})`),
	);
	return id;
}

/** Sets columns of an event as the house would. */
export const set = (id: string, columns: string) =>
	asSystem('test', (tx) => tx.run(sql`update events.event set ${sql.raw(columns)} where id = ${id}::uuid`));

/** Who of the cast has a notice of this kind about this, by name. */
export async function toldOf(type: string, subjectId: string): Promise<string[]> {
	const rows = await asSystem('test', (tx) =>
		tx.many<{ person_id: string }>(sql`select notice.person_id from notices.notice
			where notice.type = ${type} and notice.subject_id = ${subjectId}::uuid`),
	);
	const nameOf = new Map((Object.keys(cast) as CastName[]).map((name) => [idOf(name), name]));
	return rows.map(({ person_id }) => nameOf.get(person_id) ?? person_id).toSorted();
}
