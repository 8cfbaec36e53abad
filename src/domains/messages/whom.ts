import { persons } from '#domains/friends/index.ts';
import type { Noun } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { peopleMax } from './input.ts';
import { knows } from './policy.ts';

/** Somebody chosen to be written to. */
export interface Chosen {
	id: string;
	name: string;
	photoId: string | null;
	/** They know the viewer: what is written comes at once, else it waits as a request. */
	known: boolean;
}

/** Somebody found, as the page that searches shows them. */
export interface Found {
	id: string;
	name: string;
	photoId: string | null;
	office: Noun | null;
	officeUnit: string | null;
	unit: string | null;
	/** Interests or skills by which they were found. */
	about: string[];
	/** Proposed as one of the viewer's friends. */
	friend?: boolean;
}

/** People of these ids whom the viewer may write to, in the order they were chosen; the others are not there. */
export const chosenFrom = (viewer: Viewer, asked: readonly string[]): Promise<Chosen[]> => {
	const ids = [...new Set(asked.filter(isId))].filter((id) => id !== viewer.id).slice(0, peopleMax - 1);
	return ids.length
		? read(viewer, (tx) =>
				tx.many<Chosen>(sql`select person.id, person.name, person.photo_id as "photoId", ${knows(sql`person.id`)(viewer)} as known
			from people.person where person.id = any (${list(ids, 'uuid')}) and ${persons.ask(viewer)}
			order by array_position(${list(ids, 'uuid')}, person.id)`),
			)
		: Promise.resolve([]);
};

/** How many are proposed before anybody is looked for. */
const proposed = 6;

/**
 * Whom one writes to most often to begin with: those who answer for one's units, then one's last friends. Nobody whom the viewer may not
 * write to.
 */
export const suggested = (viewer: Viewer): Promise<Found[]> =>
	viewer.id
		? read(viewer, (tx) =>
				tx.many<Found>(sql`
			with near as (
				select term.person_id as id, 0 as rank, office.name as office, unit.name as unit, cardinality(unit.ancestors) as depth, office.position,
					term.starts_at as at
				from territory.term join territory.office on office.id = term.office_id join territory.unit on unit.id = term.unit_id
				where term.unit_id = any (${list(viewer.units, 'uuid')}) and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
				union all select link.friend_id, 1, null, null, 0, 0, link.since from friends.link where link.person_id = ${viewer.id}::uuid),
			first as (select distinct on (near.id) near.* from near where near.id <> ${viewer.id}::uuid
				order by near.id, near.rank, near.depth desc, near.position)
			select person.id, person.name, person.photo_id as "photoId", first.office, first.unit as "officeUnit", null as unit, array[]::text[] as about, first.rank = 1 as friend
			from first join people.person on person.id = first.id where ${persons.ask(viewer)}
			order by first.rank, first.depth desc, first.position, first.at desc, person.id limit ${proposed}`),
			)
		: Promise.resolve([]);

/** People found who are not in a conversation already. */
export const peopleToAdd = ({ people }: { people: { id: string }[] }, found: readonly Found[]): Chosen[] => {
	const there = new Set(people.map(({ id }) => id));
	return found
		.filter(({ id }) => !there.has(id))
		.map(({ id, name, photoId }) => ({ id, name, photoId, known: true }));
};
