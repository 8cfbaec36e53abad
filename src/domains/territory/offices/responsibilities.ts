import { read } from '#platform/db.ts';
import { some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { pageOf, placeOf } from '../cursor.ts';
import { holdsPower } from '../rules.ts';
import { claims, handovers, holdsOver, lacksOfficer, loans } from './policy.ts';

const unitOfRow = sql`unit.id`;
/** The units that the viewer's offices watch over. */
export const watches = some(holdsPower('offices.appoint', unitOfRow), holdsOver('claims.decide', unitOfRow));

/** A unit that nobody leads. */
export interface UnledUnit {
	id: string;
	folded: string;
	name: string;
	kind: Noun;
	above: string | null;
	people: number;
	claims: number;
}

const pageSize = 30;

/** The units without officer in the viewer's territory, by name: a page, where the next one starts, and how many in all. */
export const unitsWithoutOfficer = (viewer: Viewer, after: string | null = null) =>
	read(viewer, async (tx) => {
		const place = placeOf(after);
		const mine = sql`unit.closed_at is null and ${lacksOfficer(unitOfRow)} and ${watches(viewer)}`;
		const { n } = (await tx.one<{ n: number }>(
			sql`select count(*)::int as n from territory.unit where ${mine}`,
		))!;
		const rows = await tx.many<UnledUnit>(sql`
			select unit.id, unit.folded_name as folded, unit.name, unit_kind.name as kind, parent.name as above,
				unit.member_count + unit.sympathiser_count as people,
				(select count(*)::int from territory.claim where claim.unit_id = unit.id and claim.decided_at is null and ${claims.decide(viewer)}) as claims
			from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id
			left join territory.unit as parent on parent.id = unit.parent_id
			where ${mine} and (${place?.text ?? null}::text is null or (unit.folded_name, unit.id) > (${place?.text ?? ''}, ${place?.id ?? null}::uuid))
			order by unit.folded_name, unit.id limit ${pageSize + 1}`);
		return { ...pageOf(rows, pageSize), count: n };
	});

/** A claim that the viewer may decide. */
export interface OpenClaim {
	id: string;
	personId: string;
	name: string;
	unitId: string;
	unit: string;
	office: Noun;
	reason: string;
	at: Date;
}

/** Claims waiting for the viewer, the oldest first: at most fifty, and how many in all. */
export const claimsToDecide = (viewer: Viewer) =>
	read(viewer, async (tx) => {
		const rows = await tx.many<OpenClaim & { n: number }>(sql`
			select claim.id, claim.person_id as "personId", person.name, claim.unit_id as "unitId", unit.name as unit, office.name as office,
				claim.reason, claim.made_at as at, count(*) over ()::int as n
			from territory.claim join people.person on person.id = claim.person_id
			join territory.unit on unit.id = claim.unit_id join territory.office on office.id = claim.office_id
			where claim.decided_at is null and ${claims.decide(viewer)}
			order by claim.made_at, claim.id limit 50`);
		return { rows: rows.map(({ n, ...claim }) => claim), count: rows[0]?.n ?? 0 };
	});

/** A loan in force or not yet begun, given or received. */
export interface OpenLoan {
	id: string;
	mine: 'lender' | 'borrower';
	other: string;
	unit: string;
	powers: string[];
	/** Those among them that act now: what the lender lost is not in it. */
	acting: string[];
	until: Date;
}

/** The viewer's own loans in force, given then received. */
export const ownLoans = (viewer: Viewer): Promise<OpenLoan[]> =>
	read(viewer, (tx) =>
		tx.many<OpenLoan>(sql`
			select loan.id, case when loan.lender_id = ${viewer.id}::uuid then 'lender' else 'borrower' end as mine, other.name as other,
				unit.name as unit, loan.powers, loan.ends_at as until,
				array(select distinct held_power.power from territory.held_power where held_power.person_id = loan.borrower_id and held_power.lent
					and held_power.unit_id = loan.unit_id and held_power.power = any (loan.powers)) as acting
			from territory.loan join territory.unit on unit.id = loan.unit_id
			join people.person as other on other.id = case when loan.lender_id = ${viewer.id}::uuid then loan.borrower_id else loan.lender_id end
			where ${viewer.id}::uuid in (loan.lender_id, loan.borrower_id) and loan.ended_at is null and loan.ends_at > now() and ${loans.see(viewer)}
			order by mine desc, loan.ends_at, loan.id`),
	);

/** A handover under way in which the viewer has a part. */
export interface OpenHandover {
	id: string;
	mine: 'from' | 'to';
	other: string;
	unitId: string;
	unit: string;
	office: Noun;
	accepted: boolean;
}

/** The viewer's handovers under way. */
export const ownHandovers = (viewer: Viewer): Promise<OpenHandover[]> =>
	read(viewer, (tx) =>
		tx.many<OpenHandover>(sql`
			select handover.id, case when handover.from_id = ${viewer.id}::uuid then 'from' else 'to' end as mine, other.name as other,
				unit.id as "unitId", unit.name as unit, office.name as office, handover.accepted_at is not null as accepted
			from territory.handover join territory.term on term.id = handover.term_id join territory.office on office.id = term.office_id
			join territory.unit on unit.id = handover.unit_id
			join people.person as other on other.id = case when handover.from_id = ${viewer.id}::uuid then handover.to_id else handover.from_id end
			where ${viewer.id}::uuid in (handover.from_id, handover.to_id) and handover.confirmed_at is null and handover.cancelled_at is null
				and ${handovers.see(viewer)} order by handover.proposed_at`),
	);
