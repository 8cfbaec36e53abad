import { read, type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { kinds } from './kinds.ts';
import { causes, isTold } from './sights.ts';

/** One line of the page of notices. */
export interface Notice {
	id: string;
	type: string;
	subjectId: string | null;
	placeId: string | null;
	unitId: string | null;
	groupId: string | null;
	unit: string | null;
	payload: Record<string, string | number | boolean>;
	at: Date;
	readAt: Date | null;
	/** Who caused it last, among those the viewer hears. */
	by: { id: string; name: string } | null;
	/** How many others did. */
	others: number;
	/** When exactly, for the page that follows. */
	place: string;
	href: string;
}

/** Counts above it are shown as "99 or more". */
export const countAtMost = 99;
const SIZE = 40;

/** How many unread lines this person has, at most 99. */
export async function countUnread(tx: Tx, viewer: Viewer): Promise<number> {
	const told = await isTold(tx, viewer, sql`notice.read_at is null and not notice.unlisted`);
	const counted = await tx.one<{ n: number }>(sql`select count(*)::int as n from (select from notices.notice
		where ${told} limit ${countAtMost}) as unread`);
	return counted!.n;
}

/** The number on the bell. */
export const unread = (viewer: Viewer): Promise<number> =>
	viewer.id ? readTogether(viewer, (tx) => countUnread(tx, viewer)) : Promise.resolve(0);

// The instant to the microsecond, as PostgreSQL keeps it: lines of one millisecond are still one after the other.
const exact = sql`to_char(notice.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const columns = (
	viewer: Viewer,
): Sql => sql`notice.id, notice.type, notice.subject_id as "subjectId", notice.place_id as "placeId",
	notice.unit_id as "unitId", notice.group_id as "groupId", (select unit.name from territory.unit where unit.id = notice.unit_id) as unit, notice.payload, notice.at,
	notice.read_at as "readAt", ${exact} as place,
	(${causes(viewer, sql`jsonb_build_object('id', author.id, 'name', author.name)`)} order by cause.at desc, cause.by_id limit 1) as by,
	greatest(0, (select count(*)::int - 1 from (${causes(viewer, sql`1`)}) as heard)) as others`;

const led = (row: Omit<Notice, 'href'>): Notice => ({
	...row,
	href: kinds[row.type]?.href({ ...row, byId: row.by?.id ?? null }) ?? '/avis',
});

/** The viewer's notices: all that are unread, then the others, latest first, a page at a time. */
export const notices = (
	viewer: Viewer,
	before: string | null = null,
): Promise<{ fresh: Notice[]; earlier: Notice[]; next: string | null }> =>
	read(viewer, async (tx) => {
		const take = async (where: Sql, limit: number) =>
			tx.many<Notice>(sql`select ${columns(viewer)} from notices.notice
				where ${await isTold(tx, viewer, sql`${where} and not notice.unlisted`)} order by notice.at desc, notice.id desc limit ${limit}`);
		const place = placeOf(before);
		const fresh = place ? [] : await take(sql`notice.read_at is null`, countAtMost);
		const rows = await take(
			sql`notice.read_at is not null and (${place?.at ?? null}::timestamptz is null
			or (notice.at, notice.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))`,
			SIZE + 1,
		);
		const earlier = rows.slice(0, SIZE);
		const last = earlier.at(-1);
		return {
			fresh: fresh.map(led),
			earlier: earlier.map(led),
			next: rows.length > SIZE && last ? `${last.place}_${last.id}` : null,
		};
	});

/** An instant of the calendar: the thirtieth of February is none. */
const isInstant = (at: string) =>
	!Number.isNaN(Date.parse(at)) && new Date(at).toISOString().startsWith(at.slice(0, 10));

function placeOf(text: string | null): { at: string; id: string } | null {
	const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text ?? '') ?? [];
	return at && isId(id) && isInstant(at) ? { at, id } : null;
}

/** One line as its reader sees it now; nothing when it speaks of what they no longer see. */
export async function noticeRow(tx: Tx, viewer: Viewer, id: string): Promise<Notice | undefined> {
	const row = await tx.one<Notice>(
		sql`select ${columns(viewer)} from notices.notice where ${await isTold(tx, viewer, sql`notice.id = ${id}::uuid`)}`,
	);
	return row && led(row);
}

/** Lines that wait for a grouped mail, latest first, as their reader sees them now. */
export const waitingRows = async (tx: Tx, viewer: Viewer): Promise<Notice[]> => {
	const waiting = sql`notice.waits is not null and notice.mailed_at is null and notice.read_at is null`;
	const rows = await tx.many<Notice>(sql`select ${columns(viewer)} from notices.notice
		where ${await isTold(tx, viewer, waiting)} order by notice.at desc, notice.id desc limit ${countAtMost}`);
	return rows.map(led);
};

/** These lines, latest first, as their reader sees them now; those that speak of what they no longer see are not among them. */
export const toldRows = async (tx: Tx, viewer: Viewer, ids: string[]): Promise<Notice[]> => {
	const rows = await tx.many<Notice>(sql`select ${columns(viewer)} from notices.notice
		where ${await isTold(tx, viewer, sql`notice.id = any (${list(ids, 'uuid')})`)}
		order by notice.at desc, notice.id desc`);
	return rows.map(led);
};

/** Marks one line read and gives where it leads. Throws NotFound. */
export const open = (viewer: Viewer, id: string): Promise<string> =>
	write(viewer, async (tx) => {
		const row = await noticeRow(tx, viewer, id);
		if (!row) throw notFound();
		await tx.run(sql`update notices.notice set read_at = now()
			where notice.person_id = ${viewer.id}::uuid and notice.id = ${id}::uuid and notice.read_at is null`);
		return row.href;
	});

/** Marks everything read, up to what the page showed. */
export const readAll = (viewer: Viewer, shownAt: Date = new Date()): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`update notices.notice set read_at = now()
			where notice.person_id = ${viewer.id}::uuid and notice.read_at is null and not notice.unlisted and notice.at <= ${shownAt}`);
	});
