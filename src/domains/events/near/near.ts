import { read, type Tx } from '#platform/db.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { cardColumns, cardTables, type EventCard } from '../cards.ts';
import { events } from '../policy.ts';

/** How close an event is, by the places that the State draws: no coordinates are known of them. */
export const rings = ['commune', 'department', 'region', 'further', 'online'] as const;
export type Ring = (typeof rings)[number];

/** A commune as maps know it. */
export interface Commune {
	code: string;
	name: string;
}

export interface NearEvent extends EventCard {
	ring: Ring;
	/** The commune where it is, when it is told. */
	at: Commune | null;
	/** What it is a date of, when it comes back. */
	seriesId: string | null;
}

/** Events around a person, closest first, and where "around" is. */
export interface Near {
	/** Names of the places one is reckoned to be in: one's commune, else what one's unit covers. */
	home: string[];
	/** The communes among them. */
	communes: Commune[];
	events: NearEvent[];
}

const AT_MOST = 200;

/** Where one lives, as one said on arriving; else what one's units cover. */
export const homeOf = (viewer: Viewer) => sql`
	select arrival.zone_id from people.arrival where arrival.person_id = ${viewer.id}::uuid and arrival.zone_id is not null
	union all select coverage.zone_id from territory.coverage where coverage.unit_id = any (${list(viewer.units, 'uuid')})
		and not exists (select from people.arrival where arrival.person_id = ${viewer.id}::uuid and arrival.zone_id is not null)`;

/**
 * How close the places are of which this holds (a condition on `zone`), in a query that has `home`: the places where somebody lives,
 * with all those above.
 */
export const ringOf = (places: Sql): Sql => sql`coalesce((
	with recursive placed as (
		select zone.id, zone.parent_id, zone.kind from territory.zone where ${places}
		union select above.id, above.parent_id, above.kind from territory.zone as above join placed on above.id = placed.parent_id)
	select case min(case when placed.kind in ('commune', 'municipal_arrondissement') then 0
			when placed.kind in ('department', 'arrondissement') then 1 else 2 end)
		when 0 then 'commune' when 1 then 'department' else 'region' end
	from placed where placed.id in (select home.id from home) having count(*) > 0), 'further')`;

/** The places of somebody, and all those above: what `ringOf` asks. */
export const homeAndAbove = (viewer: Viewer): Sql => sql`home as (
	select zone.id, zone.parent_id from territory.zone where zone.id in (${homeOf(viewer)})
	union select above.id, above.parent_id from territory.zone as above join home on above.id = home.parent_id)`;

/** The commune of a place, as maps know it; that of an arrondissement is its town. */
export const communeAt = (
	zoneId: Sql,
): Sql => sql`(select jsonb_build_object('code', town.code, 'name', town.name)
	from territory.zone as held join territory.zone as town on town.id = case held.kind
		when 'municipal_arrondissement' then held.parent_id else held.id end
	where held.id = ${zoneId} and town.kind = 'commune')`;

const eventRing = sql`case
	when event.place_name = '' and event.address = '' and event.zone_id is null and event.online_url is not null then 'online'
	else ${ringOf(sql`zone.id = event.zone_id or (event.zone_id is null and zone.id in
		(select coverage.zone_id from territory.coverage where coverage.unit_id = event.unit_id))`)} end`;

/** Events to come that the viewer sees, from the closest to the furthest; soonest first at one distance. */
export const nearby = (viewer: Viewer): Promise<Near> =>
	read(viewer, async (tx) => {
		const found = await around(tx, viewer);
		const home = await tx.many<{
			name: string;
			at: Commune | null;
		}>(sql`select zone.name, ${communeAt(sql`zone.id`)} as at
			from territory.zone where zone.id in (${homeOf(viewer)}) order by zone.population desc nulls last limit 12`);
		const events = found.toSorted((a, b) => rings.indexOf(a.ring) - rings.indexOf(b.ring));
		const communes = home.flatMap(({ at }) => (at ? [at] : []));
		return { home: home.slice(0, 3).map(({ name }) => name), communes, events };
	});

const around = (tx: Tx, viewer: Viewer): Promise<NearEvent[]> =>
	tx.many<NearEvent>(sql`
		with recursive ${homeAndAbove(viewer)}
		select ${cardColumns(viewer)}, ${eventRing} as ring, event.series_id as "seriesId", ${communeAt(sql`event.zone_id`)} as at
		from ${cardTables}
		where event.ends_at > now() and event.cancelled_at is null and ${events.see(viewer)}
		order by event.starts_at, event.id limit ${AT_MOST}`);
