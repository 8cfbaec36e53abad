import { type Far, farFrom, farPlace } from '#domains/groups/index.ts';
import { unitsAbove } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Page } from './home.ts';
import { type Candidate, candidateOf, cursorAt, skeleton } from './skeleton.ts';

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
const subjectsAtHome = (viewer: Viewer) => sql`select follow.subject_id as id from groups.follow
	join groups.subject on subject.id = follow.subject_id
	where follow.person_id = ${viewer.id}::uuid and follow.in_feed and subject.retired_at is null
	order by follow.at desc limit ${subjectsRead}`;

// Read once, not asked of each post.
const groupsOf = (viewer: Viewer) =>
	sql`array(select seat.circle_id from groups.seat where seat.person_id = ${viewer.id}::uuid)`;

/** A post of elsewhere that may enter the page; the rules are asked afterwards. */
export interface Found extends Far {
	id: string;
	reason: 'subject';
}

// How far back is looked: as the page's own posts go, a month where there is room left. Null: nothing is left of it.
function lastOf(before: string | null, wanted: number): Sql {
	const last = sql`(select own.id from own order by own.id limit 1)`;
	const month = newId(Date.now() - daysBack * 86_400_000);
	return before
		? last
		: sql`case when (select count(*) from own) >= ${wanted} then ${last} else least(${last}, ${month}::uuid) end`;
}

/**
 * What may enter a page of the home: the viewer's own sources, newest first, and the best of what is said elsewhere of the subjects
 * they let come home, in the same span: each level of distance counts as much as twenty days. One question, so that the second
 * costs no trip. Each subject gives a few rows off an index, so the cost does not follow the number of members nor of posts.
 */
export async function candidatesWithAfar(
	tx: Tx,
	viewer: Viewer,
	before: string | null,
	wanted: number,
): Promise<{ own: Candidate[]; far: Found[] }> {
	const worth = sql`latest.published_at + coalesce(far.distance, 0) * interval '20 days'`;
	const rows = await tx.many<{ id: string; rank: number | null; distance: number; place: string }>(sql`
		with own as materialized (${skeleton(viewer, { kind: 'all' }, before, wanted)}),
		span as materialized (select ${lastOf(before, wanted)} as last),
		afar as (select latest.id, coalesce(far.distance, 0) as distance, far.highest_id, ${worth} as worth
			from (${subjectsAtHome(viewer)}) as wanted cross join lateral (
				select post.id, post.unit_id, post.group_id, post.published_at from feed.post
				where post.subject_id = wanted.id and ${isWide} and post.publish_after <= now()
					and post.id < ${cursorAt(before)} and post.id > (select span.last from span)
				order by post.id desc limit ${weighed}) as latest
			${farFrom(viewer, sql`coalesce(latest.unit_id, (select circle.home_id from groups.circle where circle.id = latest.group_id))`)}
			where coalesce(latest.unit_id = any (${unitsAbove(viewer)}), false) = false
				and coalesce(latest.group_id = any (${groupsOf(viewer)}), false) = false
			order by ${worth} desc, latest.id limit ${asked})
		select own.id, own.rank, 0 as distance, '' as place, null::timestamptz as worth from own
		union all select far.id, null, far.distance, ${farPlace}, far.worth from afar as far
		order by worth desc nulls first, id desc`);
	return {
		own: rows.flatMap((row) => candidateOf(row)),
		far: rows.flatMap(({ id, rank, distance, place }) =>
			rank === null ? [{ id, reason: 'subject' as const, distance, place }] : [],
		),
	};
}

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
