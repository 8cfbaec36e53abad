import { neitherBlocked } from '#domains/safety/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue, enqueueMany } from '#platform/jobs.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Category, kinds } from './kinds.ts';
import { alone, queueMails } from './mail-one.ts';
import { type Chosen, channels, type Pace, rhythmFor } from './rhythm.ts';

/** Something to tell some people. */
export interface News {
	/** One of `kinds`. */
	type: string;
	to: readonly (string | null | undefined)[];
	/** Who caused it; never told of their own act. */
	byId?: string | null;
	/** What it is about: one unread line for one subject, through however many units and groups it comes. */
	subjectId?: string | null;
	placeId?: string | null;
	/** Where it comes from: its person may have set apart this unit, or this group. */
	unitId?: string | null;
	groupId?: string | null;
	payload?: Record<string, string | number | boolean>;
}

/** Lets a mail wait, so that who is reading already is not written to. */
const mailAfterMs = 120_000;

/**
 * Tells people something, in the house's transaction. What is still unread about the same thing is one line that counts people.
 * Who muted or blocked the author is not told, nor people who are gone, nor who wants nothing of this category.
 * Every browser that follows hears the new count. For a whole unit: `notifyMany`.
 */
export async function notify(tx: Tx, news: News): Promise<void> {
	const to = [...new Set(news.to)].filter((id): id is string => !!id && id !== news.byId);
	const told = (await listening(tx, to, news)).flatMap((person) => lineFor(person, news));
	if (!told.length) return;
	const ids = await write(tx, told, news);
	// A line that only counts one more has its mail waiting already, or gone.
	const written = new Set(ids.map(({ id }) => id));
	// Asked without waiting for one another; all are answered before any error goes on, for it ends the transaction.
	const answers = await Promise.allSettled([
		news.byId ? noteCause(tx, ids, news.byId) : null,
		ring(
			tx,
			told.filter(({ unlisted }) => !unlisted).map(({ person_id }) => person_id),
		),
		send(
			tx,
			told.filter(({ id }) => written.has(id)),
		),
	]);
	const failed = answers.find((answer) => answer.status === 'rejected');
	if (failed) throw failed.reason;
}

const noteCause = (tx: Tx, lines: { person_id: string; id: string }[], byId: string): Promise<number> =>
	tx.run(sql`insert into notices.cause (person_id, notice_id, by_id)
		select line.person_id, line.id, ${byId}::uuid from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as line (person_id uuid, id uuid)
		order by 1 on conflict (person_id, notice_id, by_id) do update set at = now()`);

interface Listening {
	id: string;
	pace: Pace;
	chosen: Chosen[];
	devices: boolean;
}

const listening = async (tx: Tx, to: string[], { byId, type }: News): Promise<Listening[]> =>
	to.length
		? tx.many<Listening>(sql`
		select person.id, person.rhythm as pace,
			coalesce((select jsonb_agg(jsonb_build_object('category', choice.category, 'channel', choice.channel, 'rhythm', choice.rhythm, 'scopeId', choice.scope_id))
				from notices.choice where choice.person_id = person.id and choice.category = ${categoryOf(type)}), '[]') as chosen,
			exists (select from notices.device where device.person_id = person.id) as devices
		from people.person where person.id = any (${list(to, 'uuid')})
			and person.confirmed_at is not null and person.erased_at is null and person.left_at is null
			and not exists (select from safety.mute where mute.person_id = person.id and mute.muted_id = ${byId ?? null}::uuid)
			and ${neitherBlocked(sql`person.id`, sql`${byId ?? null}::uuid`)}
		order by person.id`)
		: [];

/** The category of a kind. Throws on a kind that nobody declared: it would have no sentence either. */
export function categoryOf(type: string): Category {
	const kind = kinds[type];
	if (!kind) throw new Error(`no kind of notice ${type}`);
	return kind.category;
}

interface Line {
	person_id: string;
	id: string;
	unlisted: boolean;
	waits: 'daily' | 'weekly' | null;
	mailed: boolean;
	pushed: boolean;
}

/** How the news reaches one person; nothing when they want it nowhere. */
function lineFor({ id, pace, chosen, devices }: Listening, { type, unitId, groupId }: News): Line[] {
	const category = categoryOf(type);
	const [app, mail, push] = channels.map((channel) =>
		rhythmFor(pace, chosen, { category, channel, unitId, groupId }),
	);
	const pushed = push === 'each' && devices;
	if (app === 'none' && mail === 'none' && !pushed) return [];
	const isOurs = !kinds[type]!.ownMail;
	const waits = isOurs && (mail === 'daily' || mail === 'weekly') ? mail : null;
	const mailed = isOurs && mail === 'each';
	return [{ person_id: id, id: newId(), unlisted: app === 'none', waits, mailed, pushed }];
}

const write = (
	tx: Tx,
	told: Line[],
	{ type, subjectId, placeId, unitId, groupId, payload }: News,
): Promise<{ person_id: string; id: string }[]> =>
	tx.many(sql`
		insert into notices.notice (person_id, id, type, subject_id, place_id, unit_id, group_id, payload, unlisted, waits)
		select line.person_id, line.id, ${type}, ${subjectId ?? null}::uuid, ${placeId ?? null}::uuid, ${unitId ?? null}::uuid,
			${groupId ?? null}::uuid, ${JSON.stringify(payload ?? {})}::jsonb, line.unlisted, line.waits
		from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as line (person_id uuid, id uuid, unlisted boolean, waits text)
		order by line.person_id
		on conflict (person_id, type, subject_id) where read_at is null
		do update set at = now(), payload = excluded.payload, place_id = excluded.place_id,
			unlisted = notice.unlisted and excluded.unlisted, waits = excluded.waits
		returning person_id, id`);

// Of many, only open pages hear them.
async function ring(tx: Tx, personIds: string[]): Promise<void> {
	if (personIds.length > alone) await enqueue(tx, 'notices.bells', { personIds });
	else
		await enqueueMany(
			tx,
			'notices.bell',
			personIds.map((personId) => ({ personId })),
		);
}

async function send(tx: Tx, lines: Line[]): Promise<void> {
	const named = (some: Line[]) => some.map(({ person_id: personId, id }) => ({ personId, id }));
	const startAfter = new Date(Date.now() + mailAfterMs);
	await queueMails(tx, named(lines.filter(({ mailed }) => mailed)), startAfter);
	await enqueueMany(tx, 'notices.push', named(lines.filter(({ pushed }) => pushed)));
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
