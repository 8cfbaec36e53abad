import * as v from 'valibot';
import { isApartFrom } from '#domains/safety/index.ts';
import { write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { every } from '#platform/policy.ts';
import { seal, unseal } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { hold, type Parted } from './link.ts';
import { isHere } from './policy.ts';

export const RestoreForm = v.object({ ticket: v.pipe(v.string(), v.maxLength(1000, 'app.invalid_value')) });

const use = (personId: string) => `friendship ended by ${personId}`;

interface Ended extends Parted {
	person: string;
}

/** What lets who ended a friendship, and nobody else, take that back: sealed, for nothing of it is kept. */
export const ticketFor = (byId: string, ended: Ended): string =>
	seal(use(byId), JSON.stringify({ id: newId(), ...ended }));

/**
 * Takes back the end of a friendship, once and within ten minutes, for both, as it was. Nobody is told. Throws NotFound: too late,
 * not theirs, or the other person is gone or kept apart by now.
 */
export async function restore(
	viewer: Viewer,
	{ ticket }: v.InferOutput<typeof RestoreForm>,
): Promise<string> {
	const { id, person, since, until } = opened(viewer, ticket);
	// The ticket is the key: what the other one ends afterwards is not undone by sending it again.
	return write({ ...viewer, requestKey: id } as Viewer, async (tx) => {
		await hold(tx, viewer.id!, person);
		const isNear = sql`${every(isHere, isApartFrom(sql`person.id`))(viewer)} and now() < ${until}::timestamptz`;
		if (!(await tx.one(sql`select 1 from people.person where person.id = ${person}::uuid and ${isNear}`)))
			throw notFound();
		await tx.run(sql`insert into friends.link (person_id, friend_id, since)
			values (${viewer.id}::uuid, ${person}::uuid, ${since}::timestamptz), (${person}::uuid, ${viewer.id}::uuid, ${since}::timestamptz) on conflict do nothing`);
		return person;
	});
}

function opened(viewer: Viewer, ticket: string): Ended & { id: string } {
	try {
		return JSON.parse(unseal(use(viewer.id!), ticket));
	} catch {
		throw notFound();
	}
}
