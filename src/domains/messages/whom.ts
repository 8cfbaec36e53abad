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

/** People found who are not in a conversation already. */
export const peopleToAdd = ({ people }: { people: { id: string }[] }, found: readonly Found[]): Chosen[] => {
	const there = new Set(people.map(({ id }) => id));
	return found
		.filter(({ id }) => !there.has(id))
		.map(({ id, name, photoId }) => ({ id, name, photoId, known: true }));
};
