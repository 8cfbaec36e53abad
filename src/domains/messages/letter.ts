import * as v from 'valibot';
import { notify } from '#domains/notices/index.ts';
import { neitherBlocked } from '#domains/safety/index.ts';
import { record } from '#platform/audit.ts';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { text } from './input.ts';
import { tellPeople } from './live.ts';
import { letters } from './policy.ts';
import { openOf, sealFor } from './sealed.ts';

export const LetterForm = v.object({ text: v.pipe(text, v.minLength(1, 'messages.text_needed')) });

/** A letter that went, or goes, to everybody of a unit. */
export interface Letter {
	id: string;
	text: string | null;
	at: Date;
	people: number;
	done: number;
	finished: boolean;
}

/** Letters of one unit: enough for what matters, too few to flood. */
const rate = { burst: 3, perHour: 3 / 24 };
const atOnce = 100;

/** Who gets a letter: everybody of the unit and below, but its author, who is gone, and who set the author apart or was. */
const recipients = (unitId: string, officerId: string) => sql`people.person
	where person.confirmed_at is not null and person.left_at is null and person.erased_at is null and person.id <> ${officerId}::uuid
		and exists (select from territory.attachment join territory.unit on unit.id = attachment.unit_id
			where attachment.person_id = person.id and attachment.until is null and unit.ancestors @> array[${unitId}::uuid])
		and ${neitherBlocked(sql`person.id`, sql`${officerId}::uuid`)}`;

const countOf = (unitId: string, officerId: string): Promise<number> =>
	asSystem(
		'messages',
		async (tx) =>
			(await tx.one<{ n: number }>(sql`select count(*)::int as n from ${recipients(unitId, officerId)}`))!.n,
	);

/** Units to whose people the viewer may write, through the offices they hold there. */
export const officesToWriteFor = (viewer: Viewer): Promise<{ id: string; name: string }[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select unit.id, unit.name from territory.unit where unit.id in (select held_power.unit_id from territory.held_power
			where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'message.unit') and ${letters.see(viewer)}
			order by cardinality(unit.ancestors), unit.name limit 12`),
	);

/** The page from which one writes to a unit: how many people, and what went before. Throws NotFound. */
export async function letterTo(
	viewer: Viewer,
	unitId: string,
): Promise<{ unit: { id: string; name: string }; people: number; sent: Letter[] }> {
	const { unit, sent } = await read(viewer, async (tx) => {
		const found = await tx.one<{ id: string; name: string }>(
			sql`select unit.id, unit.name from territory.unit where unit.id = ${unitId}::uuid and ${letters.see(viewer)}`,
		);
		if (!found) throw notFound();
		const rows = await tx.many<Omit<Letter, 'text'> & { sealed: string | null }>(sql`
			select letter.id, letter.sealed, letter.at, letter.people, letter.done, letter.finished_at is not null as finished
			from messages.letter where letter.unit_id = ${unitId}::uuid and letter.by_id = ${viewer.id}::uuid order by letter.at desc limit 5`);
		return { unit: found, sent: rows };
	});
	return {
		unit,
		people: await countOf(unitId, viewer.id!),
		sent: sent.map(({ sealed, ...row }) => ({ ...row, text: openOf(row.id, sealed)?.slice(0, 300) ?? null })),
	};
}

/**
 * Writes to everybody of a unit and below: each gets it in a conversation with the officer, who alone reads the answers. It goes
 * out by a job, and the act is audited without its words. Throws NotFound, Invalid when nobody is there, TooMany.
 */
export async function writeLetter(
	viewer: Viewer,
	unitId: string,
	{ text: words }: v.InferOutput<typeof LetterForm>,
): Promise<string> {
	await letterTo(viewer, unitId);
	await throttle({ [`messages.letter:${unitId}`]: rate });
	const people = await countOf(unitId, viewer.id!);
	if (!people) throw invalidField('text', 'messages.unit_empty');
	return write(viewer, async (tx) => {
		await letters.guard(tx, viewer, 'see', unitId);
		const id = newId();
		await tx.run(sql`insert into messages.letter (id, unit_id, by_id, sealed, people)
			values (${id}, ${unitId}::uuid, ${viewer.id}::uuid, ${sealFor(id, words)}, ${people})`);
		await enqueue(tx, 'messages.letter', { letterId: id });
		await record(tx, {
			actorId: viewer.id,
			act: 'messages.write_unit',
			subject: 'unit',
			subjectId: unitId,
			unitId,
			detail: { people },
		});
		return id;
	});
}

/** Sends a letter to those who have not got it, a hundred at a time; interrupted, it goes on where it was. */
export async function sendLetter({ letterId }: { letterId: string }): Promise<void> {
	for (let more = true; more; ) more = await asSystem('messages', (tx) => nextBatch(tx, letterId));
}

interface Sending {
	id: string;
	unit_id: string;
	by_id: string;
	sealed: string;
	reached: string | null;
}

// Held by another worker, it is that one's to send.
async function nextBatch(tx: Tx, letterId: string): Promise<boolean> {
	const letter =
		await tx.one<Sending>(sql`select letter.id, letter.unit_id, letter.by_id, letter.sealed, letter.reached
		from messages.letter where letter.id = ${letterId}::uuid and letter.finished_at is null and letter.sealed is not null for update skip locked`);
	if (!letter) return false;
	const people = await tx.many<{
		id: string;
	}>(sql`select person.id from ${recipients(letter.unit_id, letter.by_id)}
		and (${letter.reached}::uuid is null or person.id > ${letter.reached}::uuid) order by person.id limit ${atOnce}`);
	const ids = people.map(({ id }) => id);
	if (ids.length) await deliver(tx, letter, ids);
	const isOver = ids.length < atOnce;
	await tx.run(sql`update messages.letter set done = letter.done + ${ids.length}::int, reached = coalesce(${ids.at(-1) ?? null}::uuid, letter.reached),
		finished_at = ${isOver ? new Date() : null}::timestamptz where letter.id = ${letterId}::uuid`);
	return !isOver;
}

async function deliver(tx: Tx, letter: Sending, ids: string[]): Promise<void> {
	const words = openOf(letter.id, letter.sealed)!;
	await openAll(tx, letter, ids);
	const numbered = await tx.many<{ id: string; number: number; person: string }>(sql`
		update messages.conversation set last_number = conversation.last_number + 1, last_at = clock_timestamp()
		where conversation.unit_id = ${letter.unit_id}::uuid and conversation.officer_id = ${letter.by_id}::uuid
			and (conversation.low = any (${list(ids, 'uuid')}) or conversation.high = any (${list(ids, 'uuid')}))
		returning conversation.id, conversation.last_number as number,
			case when conversation.low = ${letter.by_id}::uuid then conversation.high else conversation.low end as person`);
	const rows = numbered.map((row) => {
		const id = newId();
		return { ...row, messageId: id, sealed: sealFor(id, words) };
	});
	await tx.run(sql`insert into messages.message (id, conversation_id, number, author_id, sealed)
		select made.id, made.conversation_id, made.number, ${letter.by_id}::uuid, made.sealed from unnest(${list(
			rows.map(({ messageId }) => messageId),
			'uuid',
		)}, ${list(
			rows.map(({ id }) => id),
			'uuid',
		)}, ${list(
			rows.map(({ number }) => number),
			'int',
		)}, ${list(
			rows.map(({ sealed }) => sealed),
			'text',
		)}) as made (id, conversation_id, number, sealed)`);
	await tellPeople(tx, ids);
	for (const { id, person } of rows)
		await notify(tx, { type: 'message_received', to: [person], byId: letter.by_id, subjectId: id });
}

/** A conversation with the office for each of these people who has none yet. */
async function openAll(tx: Tx, letter: Sending, ids: string[]): Promise<void> {
	const made = await tx.many<{ id: string; person: string }>(sql`
		insert into messages.conversation (id, kind, unit_id, officer_id, low, high, readers)
		select made.id, 'unit', ${letter.unit_id}::uuid, ${letter.by_id}::uuid, least(made.person, ${letter.by_id}::uuid),
			greatest(made.person, ${letter.by_id}::uuid), array[made.person, ${letter.by_id}::uuid]
		from unnest(${list(
			ids.map(() => newId()),
			'uuid',
		)}, ${list(ids, 'uuid')}) as made (id, person) on conflict do nothing
		returning conversation.id, case when conversation.low = ${letter.by_id}::uuid then conversation.high else conversation.low end as person`);
	await tx.run(sql`insert into messages.participant (conversation_id, person_id, state, added_by)
		select made.id, made.person, 'accepted', ${letter.by_id}::uuid from unnest(${list(
			made.map(({ id }) => id),
			'uuid',
		)}, ${list(
			made.map(({ person }) => person),
			'uuid',
		)}) as made (id, person)`);
}
