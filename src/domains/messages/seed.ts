import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import { put } from './put.ts';
import { sealFor } from './sealed.ts';

/** A conversation as a demonstration tells it. */
export interface Told {
	/** Ids of its people; the first one began it. */
	people: string[];
	/** Who, what, how many hours ago. */
	said: [string, string, number][];
	/** The first one writes for this unit. */
	unitId?: string;
	/** It waits as a request for everybody but the first. */
	asked?: true;
	/** Who has not read the last words. */
	unread?: string[];
}

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000);

/** Writes a conversation with its instants, as the house. Gives its id. */
export async function converse(tx: Tx, told: Told): Promise<string> {
	const id = await openTold(tx, told);
	for (const [authorId, text, hours] of told.said)
		await put(tx, { conversationId: id, authorId, text, at: hoursAgo(hours) });
	const late = told.asked ? told.people.slice(1) : (told.unread ?? []);
	const last = told.said.length;
	for (const personId of told.people) {
		const upTo = late.includes(personId) ? last - 1 : last;
		await tx.run(sql`update messages.participant set read_number = ${upTo}, read_at = now(), delivered_number = ${last}, delivered_at = now()
			where participant.conversation_id = ${id}::uuid and participant.person_id = ${personId}::uuid`);
	}
	return id;
}

async function openTold(tx: Tx, { people, said, unitId, asked }: Told): Promise<string> {
	const began = hoursAgo(said[0]![2]);
	const id = newId(began.getTime());
	const [first] = people;
	const [low, high] = people.length === 2 ? people.toSorted() : [null, null];
	const kind = unitId ? 'unit' : low ? 'pair' : 'several';
	await tx.run(sql`insert into messages.conversation (id, kind, unit_id, officer_id, low, high, readers, created_at, last_at)
		values (${id}, ${kind}, ${unitId ?? null}::uuid, ${unitId ? first! : null}::uuid, ${low}::uuid, ${high}::uuid, ${list(people, 'uuid')},
			${began}, ${began})`);
	const isAnswered = said.some(([by]) => by !== first);
	const there = unitId && !isAnswered ? people.slice(1) : people;
	await tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by, joined_at)
		select ${id}::uuid, there.id, case when ${Boolean(asked)} and there.id <> ${first!}::uuid then 'request' else 'accepted' end, ${first!}::uuid, ${began}
		from unnest(${list(there, 'uuid')}) as there (id)`);
	return id;
}

/** A letter that went to people of a unit, with what some answered; as the house. */
export async function writeOnce(
	tx: Tx,
	letter: {
		byId: string;
		unitId: string;
		text: string;
		hours: number;
		to: string[];
		answers: [string, string][];
	},
): Promise<void> {
	const { byId, unitId, text, hours, to, answers } = letter;
	const id = newId();
	await tx.run(sql`insert into messages.letter (id, unit_id, by_id, sealed, at, people, done, finished_at)
		values (${id}, ${unitId}::uuid, ${byId}::uuid, ${sealFor(id, text)}, ${hoursAgo(hours)}, ${to.length}, ${to.length}, ${hoursAgo(hours)})`);
	for (const personId of to) {
		const answer = answers
			.filter(([by]) => by === personId)
			.map(([by, words]): Told['said'][number] => [by, words, hours - 2]);
		await converse(tx, { people: [byId, personId], unitId, said: [[byId, text, hours], ...answer] });
	}
}
