import { atMost, type Noun, pageOf, placeOf } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { posts, silences } from './policy.ts';

/** Days without a word after which a unit is said to be silent. */
const quietDays = 60;

/** A unit that has people, and where nobody said anything for long. */
export interface SilentUnit {
	id: string;
	folded: string;
	name: string;
	kind: Noun;
	people: number;
	/** The last word that the viewer may read; null when there never was one. */
	since: Date | null;
}

const places = [sql`post.unit_id`, sql`post.as_unit_id`];
const stands = sql`post.deleted_at is null and post.undone_at is null`;

// Ids of posts sort by time: the sixty days are the end of an index, however much was said before.
const isSilent = (viewer: Viewer, from: string) =>
	sql.join(
		places.map(
			(place) => sql`not exists (select from feed.post where ${place} = unit.id and post.id >= ${from}::uuid
				and ${stands} and ${posts.see(viewer)})`,
		),
		' and ',
	);

const lastWord = (viewer: Viewer): Sql =>
	sql`greatest(${sql.join(
		places.map(
			(
				place,
			) => sql`(select post.published_at from feed.post where ${place} = unit.id and ${stands} and ${posts.see(viewer)}
			order by post.id desc limit 1)`,
		),
	)})`;

/** Silent units of the viewer's territory, by name: a page, where the next one starts, and how many, up to 101. */
export const silentUnits = (viewer: Viewer, size: number, after: string | null = null) =>
	read(viewer, async (tx) => {
		const place = placeOf(after);
		const from = newId(Date.now() - quietDays * 86_400_000);
		const mine = sql`unit.closed_at is null and unit.created_at < now() - make_interval(days => ${quietDays}::int)
			and unit.member_count + unit.sympathiser_count > 0 and ${silences.see(viewer)} and ${isSilent(viewer, from)}`;
		const { n } = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from (select from territory.unit where ${mine} limit ${atMost}) as silent`,
		))!;
		const rows = await tx.many<SilentUnit>(sql`
			select unit.id, unit.folded_name as folded, unit.name, unit_kind.name as kind,
				unit.member_count + unit.sympathiser_count as people, ${lastWord(viewer)} as since
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			where ${mine} and (${place?.text ?? null}::text is null or (unit.folded_name, unit.id) > (${place?.text ?? ''}, ${place?.id ?? null}::uuid))
			order by unit.folded_name, unit.id limit ${size + 1}`);
		return { ...pageOf(rows, size), count: n };
	});
