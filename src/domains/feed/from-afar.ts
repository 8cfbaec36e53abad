import { type Far, farFrom } from '#domains/groups/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { list, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Page } from './home.ts';
import type { Candidate } from './skeleton.ts';

/** Of the posts of a page, one in six at most comes by a subject: five others for each. */
export const others = 5;
/** Subjects read for one page: those followed last. */
const subjectsRead = 12;
/** Newest posts of one subject that are weighed. */
const weighed = 24;
/** The best of them, whose rules are asked. */
const asked = 8;
/** How far back a home with room left looks, in days. */
const daysBack = 30;

/** What is said beyond the viewer's own places: off the row named `post`. */
export const isWide = sql`post.subject_id is not null and post.deleted_at is null and post.undone_at is null
	and post.audience in ('public', 'network', 'members', 'group')`;

/** Subjects that the viewer follows and lets come home. */
export const subjectsAtHome = async (tx: Tx, viewer: Viewer): Promise<string[]> => {
	const rows = await tx.many<{ id: string }>(sql`select follow.subject_id as id from groups.follow
		join groups.subject on subject.id = follow.subject_id
		where follow.person_id = ${viewer.id}::uuid and follow.in_feed and subject.retired_at is null
		order by follow.at desc limit ${subjectsRead}`);
	return rows.map(({ id }) => id);
};

/** A post of elsewhere that may enter the page; the rules are asked afterwards. */
export interface Found extends Far {
	id: string;
	reason: 'subject';
}

interface Span {
	/** Null: from now. */
	from: string | null;
	to: string;
}

/** The part of time that a page's candidates cover, a month where there is room left. Null: nothing of it is left. */
export function spanOf(candidates: readonly Candidate[], before: string | null, wanted: number): Span | null {
	const last = candidates.at(-1)?.id;
	if (before || candidates.length >= wanted) return last ? { from: before, to: last } : null;
	const month = newId(Date.now() - daysBack * 86_400_000);
	return { from: null, to: last && last < month ? last : month };
}

/**
 * The best of what is said elsewhere of these subjects in a span: each level of distance counts as much as twenty days. Each
 * subject gives a few rows off an index, so the cost does not follow the number of members nor of posts.
 */
export const foundAfar = async (
	tx: Tx,
	viewer: Viewer,
	subjects: string[],
	span: Span | null,
): Promise<Found[]> =>
	!subjects.length || !span
		? []
		: tx.many<Found>(sql`
		select latest.id, 'subject' as reason, coalesce(far.distance, 0) as distance, far.place
		from (select unnest(${list(subjects, 'uuid')}) as id) as wanted cross join lateral (
			select post.id, post.unit_id, post.group_id, post.published_at from feed.post
			where post.subject_id = wanted.id and ${isWide} and post.publish_after <= now()
				and post.id < ${span.from ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}::uuid and post.id > ${span.to}::uuid
			order by post.id desc limit ${weighed}) as latest
		left join groups.circle on circle.id = latest.group_id
		${farFrom(viewer, sql`coalesce(latest.unit_id, circle.home_id)`)}
		where coalesce(latest.unit_id = any (${unitsAbove(viewer)}), false) = false
			and not exists (select from groups.seat where seat.person_id = ${viewer.id}::uuid and seat.circle_id = latest.group_id)
		order by latest.published_at + coalesce(far.distance, 0) * interval '20 days' desc, latest.id limit ${asked}`);

/** Those found that the viewer reads, best first, with how far they come from. One's own words are no news. */
export const bestFirst = (seen: Page['cards'], far: Found[]): Page['cards'] =>
	far.flatMap(({ id, distance, place }) => {
		const card = seen.find((one) => one.id === id && one.reason === 'subject' && !one.mine);
		return card ? [{ ...card, far: { distance, place } }] : [];
	});

/**
 * Which of these, best first, a page takes in: never two within five others, one in six of the whole; one alone where the first
 * page has less than five.
 */
export function fairShare<T extends { id: string }>(
	own: readonly { id: string }[],
	best: T[],
	isFirst: boolean,
): T[] {
	const share = Math.max(isFirst ? 1 : 0, Math.floor(own.length / others));
	const placeOf = ({ id }: { id: string }) => own.filter((one) => one.id > id).length;
	const taken: T[] = [];
	for (const one of best) {
		if (taken.length >= share) break;
		const isAlone = taken.every((other) => Math.abs(placeOf(other) - placeOf(one)) >= others);
		if (isAlone && (isFirst || placeOf(one) > 0)) taken.push(one);
	}
	return taken;
}

/** Puts into a page, in its place by date, its fair share of what comes from afar. */
export function withAfar(page: Page, afar: Page['cards'], isFirst: boolean): Page {
	const last = page.cards.at(-1)?.id ?? '';
	// What comes after the last one shown is for the next page.
	const within = page.next ? afar.filter(({ id }) => id > last) : afar;
	const taken = fairShare(page.cards, within, isFirst);
	return taken.length
		? { ...page, cards: [...page.cards, ...taken].toSorted((a, b) => (a.id < b.id ? 1 : -1)) }
		: page;
}
