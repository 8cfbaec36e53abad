import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { May } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { unitsAbove } from '../rules.ts';
import { bureaus, claims, isRunning, lacksOfficer, mayFill, terms } from './policy.ts';

/** A unit as the head of these pages names it. */
export interface UnitHead {
	id: string;
	name: string;
	kind: Noun;
	depth: number;
	levels: number;
	led: boolean;
	may: May<typeof bureaus>;
}

/** A term as people read it. */
export interface Held {
	id: string;
	personId: string;
	name: string;
	photoId: string | null;
	officeId: string;
	office: Noun;
	leads: boolean;
	since: Date;
	until: Date | null;
	provisional: boolean;
	why: string | null;
	may: May<typeof terms>;
}

const unitHead = (viewer: Viewer, unitId: string) => sql`
	select unit.id, unit.name, unit_kind.name as kind, unit_kind.depth, (select max(depth) + 1 from territory.unit_kind) as levels,
		not ${lacksOfficer(sql`unit.id`)} as led, ${bureaus.may(viewer)}
	from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
	where unit.id = ${unitId}::uuid and ${bureaus.see(viewer)}`;

/** The head of a unit's pages. NotFound when the viewer does not see the unit. */
export const headOf = (viewer: Viewer, unitId: string): Promise<UnitHead> =>
	read(viewer, async (tx) => {
		const head = await tx.one<UnitHead>(unitHead(viewer, unitId));
		if (!head) throw notFound();
		return head;
	});

const held = (viewer: Viewer) => sql`
	term.id, term.person_id as "personId", person.name, person.photo_id as "photoId", office.id as "officeId", office.name as office, office.leads,
		term.starts_at as since, term.ends_at as until, term.provisional, null as why, ${terms.may(viewer)}
	from territory.term join territory.office on office.id = term.office_id join people.person on person.id = term.person_id`;

/** My offer on this unit, if one is waiting. */
export interface MyClaim {
	id: string;
	made_at: Date;
}

/** Who holds the offices of a unit, who held them, and the viewer's own offer. */
export const bureauOf = (viewer: Viewer, unitId: string) =>
	read(viewer, async (tx) => {
		const unit = await tx.one<UnitHead>(unitHead(viewer, unitId));
		if (!unit) throw notFound();
		const officers = await tx.many<Held>(sql`select ${held(viewer)}
			where term.unit_id = ${unitId}::uuid and ${isRunning} and ${terms.see(viewer)}
			order by office.leads desc, office.position, term.starts_at`);
		const past = await tx.many<Held>(sql`select ${held(viewer)}
			where term.unit_id = ${unitId}::uuid and term.ends_at <= now() and ${terms.see(viewer)}
			order by term.ends_at desc, term.id limit 30`);
		const claim = await tx.one<MyClaim>(sql`select claim.id, claim.made_at from territory.claim
			where claim.unit_id = ${unitId}::uuid and claim.person_id = ${viewer.id}::uuid and claim.decided_at is null and ${claims.see(viewer)}`);
		return { unit, officers, past, claim: claim ?? null };
	});

/** An office of this unit that the viewer may fill. */
export interface OpenOffice {
	id: string;
	name: Noun;
	holders: number;
}

/** The offices that the viewer may fill in this unit. Forbidden to who names nobody there. */
export const officesToFill = (viewer: Viewer, unitId: string) =>
	read(viewer, async (tx) => {
		const unit = await tx.one<UnitHead>(unitHead(viewer, unitId));
		if (!unit?.may.appoint) throw notFound();
		return tx.many<OpenOffice>(sql`select office.id, office.name, (select count(*)::int from territory.term
				where term.office_id = office.id and term.unit_id = unit.id and ${isRunning}) as holders
			from territory.office join territory.unit on unit.kind_id = office.kind_id
			where unit.id = ${unitId}::uuid and office.retired_at is null and ${mayFill(sql`unit.id`, sql`office.powers`)(viewer)}
			order by office.position`);
	});

/** Somebody to ask for what their office lets them do. */
export interface Holder {
	id: string;
	name: string;
	office: Noun;
	unit: string;
}

/** Who holds an office with this power over the viewer's units, the nearest first; of the top, for who belongs nowhere. */
export const holdersFor = (viewer: Viewer, power: string): Promise<Holder[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select person.id, person.name, office.name as office, unit.name as unit
			from territory.term join territory.office on office.id = term.office_id
			join territory.unit on unit.id = term.unit_id join people.person on person.id = term.person_id
			where ${isRunning} and office.retired_at is null and ${power} = any (office.powers) and ${terms.see(viewer)}
				and (unit.parent_id is null or unit.id = any (${unitsAbove(viewer)})) and person.left_at is null and person.erased_at is null
			order by cardinality(unit.ancestors) desc, office.position, term.starts_at, term.id limit 6`),
	);
