import { neitherBlocked } from '#domains/safety/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Something to tell some people. */
export interface News {
	/** One of `kinds`. */
	type: string;
	to: readonly (string | null | undefined)[];
	/** Who caused it; never told of their own act. */
	byId?: string | null;
	subjectId?: string | null;
	placeId?: string | null;
	unitId?: string | null;
	payload?: Record<string, string | number | boolean>;
}

/** Lets a mail wait, so that who is reading already is not written to. */
const mailAfterMs = 120_000;

/**
 * Tells people something, in the house's transaction. What is still unread about the same thing is one line that counts people.
 * Who muted or blocked the author is not told, nor people who are gone. Every browser that follows hears the new count.
 */
export async function notify(tx: Tx, news: News): Promise<void> {
	const to = [...new Set(news.to)].filter((id): id is string => !!id && id !== news.byId);
	for (const personId of await listening(tx, to, news.byId ?? null)) await tell(tx, personId, news);
}

const listening = async (tx: Tx, to: string[], byId: string | null): Promise<string[]> => {
	if (!to.length) return [];
	const rows = await tx.many<{ id: string }>(sql`
		select person.id from people.person where person.id = any (${list(to, 'uuid')})
			and person.confirmed_at is not null and person.erased_at is null and person.left_at is null
			and not exists (select from safety.mute where mute.person_id = person.id and mute.muted_id = ${byId}::uuid)
			and ${neitherBlocked(sql`person.id`, sql`${byId}::uuid`)}
		order by person.id`);
	return rows.map(({ id }) => id);
};

async function tell(
	tx: Tx,
	personId: string,
	{ type, byId, subjectId, placeId, unitId, payload }: News,
): Promise<void> {
	const fresh = newId();
	const { id } = (await tx.one<{ id: string }>(sql`
		insert into notices.notice (person_id, id, type, subject_id, place_id, unit_id, payload)
		values (${personId}, ${fresh}, ${type}, ${subjectId ?? null}::uuid, ${placeId ?? null}::uuid, ${unitId ?? null}::uuid,
			${JSON.stringify(payload ?? {})}::jsonb)
		on conflict (person_id, type, subject_id) where read_at is null
		do update set at = now(), payload = excluded.payload, place_id = excluded.place_id returning id`))!;
	if (byId) {
		await tx.run(sql`insert into notices.cause (person_id, notice_id, by_id) values (${personId}, ${id}, ${byId})
			on conflict (person_id, notice_id, by_id) do update set at = now()`);
	}
	await enqueue(tx, 'notices.bell', { personId });
	// A line that only counts one more has its mail waiting already, or gone.
	if (id === fresh)
		await enqueue(tx, 'notices.mail', { personId, id }, { startAfter: new Date(Date.now() + mailAfterMs) });
}

/** Marks read what these kinds told this person about a subject: they read it where it is. As the person. */
export async function settle(
	tx: Tx,
	viewer: Viewer,
	types: readonly string[],
	subjectId: string,
): Promise<void> {
	const settled =
		await tx.run(sql`update notices.notice set read_at = now() where notice.person_id = ${viewer.id}::uuid
		and notice.subject_id = ${subjectId}::uuid and notice.type = any (${list(types, 'text')}) and notice.read_at is null`);
	if (settled) await enqueue(tx, 'notices.bell', { personId: viewer.id });
}
