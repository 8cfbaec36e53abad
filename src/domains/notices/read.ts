import { read, type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { readTogether } from '#platform/together.ts';
import type { Viewer } from '#platform/viewer.ts';
import { kinds } from './kinds.ts';
import { causes, type Place, type Told, toldAmong } from './sights.ts';

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
	by: { id: string; name: string; photoId: string | null } | null;
	/** How many others did. */
	others: number;
	href: string;
}

/** Counts above it are shown as "99 or more". */
export const countAtMost = 99;
const SIZE = 40;

const unreadOf = async (tx: Tx, viewer: Viewer): Promise<string[]> =>
	(await toldAmong(tx, viewer, sql`notice.read_at is null and not notice.unlisted`, countAtMost)).map(
		({ type }) => type,
	);

/** How many unread lines this person has, at most 99. */
export const countUnread = async (tx: Tx, viewer: Viewer): Promise<number> =>
	(await unreadOf(tx, viewer)).length;

/** The kind of each unread line, at most 99: their number is that of the bell, and some are counted beside an app. */
export const unread = (viewer: Viewer): Promise<string[]> =>
	viewer.id ? readTogether(viewer, (tx) => unreadOf(tx, viewer)) : Promise.resolve([]);

const columns = (
	viewer: Viewer,
): Sql => sql`notice.id, notice.type, notice.subject_id as "subjectId", notice.place_id as "placeId",
	notice.unit_id as "unitId", notice.group_id as "groupId", (select unit.name from territory.unit where unit.id = notice.unit_id) as unit, notice.payload, notice.at,
	notice.read_at as "readAt",
	(${causes(viewer, sql`jsonb_build_object('id', author.id, 'name', author.name, 'photoId', author.photo_id)`)} order by cause.at desc, cause.by_id limit 1) as by,
	greatest(0, (select count(*)::int - 1 from (${causes(viewer, sql`1`)}) as heard)) as others`;

const led = (row: Omit<Notice, 'href'>): Notice => ({
	...row,
	href: kinds[row.type]?.href({ ...row, byId: row.by?.id ?? null }) ?? '/avis',
});

/** These in full, latest first. */
async function inFull(tx: Tx, viewer: Viewer, told: Told[]): Promise<Notice[]> {
	if (!told.length) return [];
	const ids = told.map(({ id }) => id);
	const rows = await tx.many<Omit<Notice, 'href'>>(sql`select ${columns(viewer)} from notices.notice
		where notice.person_id = ${viewer.id}::uuid and notice.id = any (${list(ids, 'uuid')})
		order by notice.at desc, notice.id desc`);
	return rows.map(led);
}

/** The viewer's notices: all that are unread, then the others, latest first, a page at a time. */
export const notices = (
	viewer: Viewer,
	before: string | null = null,
): Promise<{ fresh: Notice[]; earlier: Notice[]; next: string | null }> =>
	read(viewer, async (tx) => {
		const place = placeOf(before);
		const listed = (isRead: Sql, limit: number) =>
			toldAmong(tx, viewer, sql`notice.read_at ${isRead} and not notice.unlisted`, limit, place);
		const fresh = place ? [] : await listed(sql`is null`, countAtMost);
		const rows = await listed(sql`is not null`, SIZE + 1);
		const earlier = rows.slice(0, SIZE);
		const last = earlier.at(-1);
		const lines = await inFull(tx, viewer, [...fresh, ...earlier]);
		return {
			fresh: lines.filter(({ readAt }) => !readAt),
			earlier: lines.filter(({ readAt }) => readAt),
			next: rows.length > SIZE && last ? `${last.place}_${last.id}` : null,
		};
	});

/** An instant of the calendar: the thirtieth of February is none. */
const isInstant = (at: string) =>
	!Number.isNaN(Date.parse(at)) && new Date(at).toISOString().startsWith(at.slice(0, 10));

function placeOf(text: string | null): Place | undefined {
	const [, at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)_([0-9a-f-]{36})$/.exec(text ?? '') ?? [];
	return at && isId(id) && isInstant(at) ? { at, id } : undefined;
}

/** One line as its reader sees it now; nothing when it speaks of what they no longer see. */
export const noticeRow = async (tx: Tx, viewer: Viewer, id: string): Promise<Notice | undefined> =>
	(await inFull(tx, viewer, await toldAmong(tx, viewer, sql`notice.id = ${id}::uuid`, 1)))[0];

/** Lines that wait for a grouped mail, latest first, as their reader sees them now. */
export const waitingRows = async (tx: Tx, viewer: Viewer): Promise<Notice[]> => {
	const waiting = sql`notice.waits is not null and notice.mailed_at is null and notice.read_at is null`;
	return inFull(tx, viewer, await toldAmong(tx, viewer, waiting, countAtMost));
};

/** These lines, latest first, as their reader sees them now; those that speak of what they no longer see are not among them. */
export const toldRows = async (tx: Tx, viewer: Viewer, ids: string[]): Promise<Notice[]> =>
	inFull(tx, viewer, await toldAmong(tx, viewer, sql`notice.id = any (${list(ids, 'uuid')})`, ids.length));

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
