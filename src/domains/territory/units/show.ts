import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import type { May } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { units } from '../policy.ts';
import { cardColumns, cardTables, type UnitCard } from './card.ts';

/** Somebody who answers for a unit now. Shown inside the network only. */
export interface Officer {
	id: string;
	name: string;
	photoId: string | null;
	office: Noun;
	provisional: boolean;
}

/** A unit, as this viewer may see it. */
export interface UnitView extends UnitCard {
	/** From the root down, itself apart. */
	chain: Pick<UnitCard, 'id' | 'slug' | 'name' | 'depth'>[];
	publicText: string;
	/** Null for who does not belong below. */
	membersText: string | null;
	/** Null outside the network: the public page names nobody. */
	officers: Officer[] | null;
	/** Names of the zones it covers, at most twelve. */
	zones: string[];
	zoneCount: number;
	below: number;
	version: number;
	editedAt: Date | null;
	/** Who wrote the page last; for who may edit it. */
	editedBy: string | null;
	contactEmail: string | null;
	closedAt: Date | null;
	/** The viewer belongs here, since; and the words they were welcomed with. */
	mine: { since: Date; greeting: string; welcomedBy: string | null } | null;
	may: May<typeof units>;
}

/** A unit by its address name or its id. Throws NotFound when it does not exist for this viewer. */
export const showUnit = (viewer: Viewer, slugOrId: string): Promise<UnitView> =>
	read(viewer, async (tx) => {
		const which = isId(slugOrId) ? sql`unit.id = ${slugOrId}::uuid` : sql`unit.slug = ${slugOrId}`;
		const unit = await tx.one<UnitView>(sql`
			select ${cardColumns(viewer)}, ${texts(viewer)}, ${place}, ${officers(viewer)} as officers, ${mine(viewer)} as mine, ${units.may(viewer)}
			from ${cardTables} where ${which} and ${units.see(viewer)}`);
		if (!unit) throw notFound();
		if (unit.mine) unit.mine.since = new Date(unit.mine.since);
		return unit;
	});

const texts = (
	viewer: Viewer,
) => sql`unit.public_text as "publicText", unit.version, unit.closed_at as "closedAt",
	case when ${units.seeMembersPart(viewer)} then unit.members_text end as "membersText",
	case when ${units.edit(viewer)} then unit.contact_email end as "contactEmail",
	case when ${units.edit(viewer)} then unit.edited_at end as "editedAt",
	case when ${units.edit(viewer)} then (select person.name from people.person where person.id = unit.edited_by) end as "editedBy"`;

const place = sql`
	coalesce((select jsonb_agg(jsonb_build_object('id', one.id, 'slug', one.slug, 'name', one.name, 'depth', kind.depth) order by cardinality(one.ancestors))
		from territory.unit as one join territory.unit_kind as kind on kind.id = one.kind_id
		where one.id = any (unit.ancestors) and one.id <> unit.id), '[]') as chain,
	array(select zone.name from territory.coverage join territory.zone on zone.id = coverage.zone_id
		where coverage.unit_id = unit.id order by zone.population desc nulls last limit 12) as zones,
	(select count(*)::int from territory.coverage where coverage.unit_id = unit.id) as "zoneCount",
	(select count(*)::int from territory.unit as below where below.parent_id = unit.id and below.closed_at is null) as below`;

/** Terms in force of people who are still here. */
export function officers(viewer: Viewer): Sql {
	if (!isActive(viewer)) return sql`null::jsonb`;
	return sql`(select coalesce(jsonb_agg(jsonb_build_object('id', person.id, 'name', person.name, 'photoId', person.photo_id, 'office', office.name,
			'provisional', term.provisional) order by office.position, term.starts_at), '[]')
		from territory.term join territory.office on office.id = term.office_id join people.person on person.id = term.person_id
		where term.unit_id = unit.id and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
			and person.left_at is null and person.erased_at is null)`;
}

function mine(viewer: Viewer): Sql {
	if (!isActive(viewer)) return sql`null::jsonb`;
	return sql`(select jsonb_build_object('since', attachment.since, 'greeting', attachment.greeting,
			'welcomedBy', (select person.name from people.person where person.id = attachment.welcomed_by))
		from territory.attachment where attachment.unit_id = unit.id and attachment.person_id = ${viewer.id}::uuid and attachment.until is null)`;
}
