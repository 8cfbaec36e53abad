import { read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { May } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { handovers, isRunning } from './policy.ts';

/** A handover as its two people read it, with what passes from one to the other. */
export interface HandoverPage {
	id: string;
	note: string;
	proposed_at: Date;
	accepted_at: Date | null;
	confirmed_at: Date | null;
	cancelled_at: Date | null;
	from: { id: string; name: string };
	to: { id: string; name: string };
	unit: { id: string; name: string };
	office: Noun;
	passes: Passing;
	mine: 'from' | 'to' | 'other';
	may: May<typeof handovers>;
}

/** What goes with the office. */
export interface Passing {
	powers: string[];
	/** People whose record the office reaches; 0 when it reaches none. */
	people: number;
	/** Whether their e-mail comes with it. */
	contacts: boolean;
	page: boolean;
	claims: number;
	newcomers: number;
}

/** One handover. NotFound for who is not part of it. */
export const handoverPage = (viewer: Viewer, handoverId: string): Promise<HandoverPage> =>
	read(viewer, async (tx) => {
		const page = await tx.one<Omit<HandoverPage, 'passes'> & { powers: string[] }>(sql`
			select handover.id, handover.note, handover.proposed_at, handover.accepted_at, handover.confirmed_at, handover.cancelled_at,
				jsonb_build_object('id', giver.id, 'name', giver.name) as "from", jsonb_build_object('id', taker.id, 'name', taker.name) as "to",
				jsonb_build_object('id', unit.id, 'name', unit.name) as unit, office.name as office, office.powers,
				case ${viewer.id}::uuid when handover.from_id then 'from' when handover.to_id then 'to' else 'other' end as mine, ${handovers.may(viewer)}
			from territory.handover join territory.term on term.id = handover.term_id join territory.office on office.id = term.office_id
				join territory.unit on unit.id = handover.unit_id
				join people.person as giver on giver.id = handover.from_id join people.person as taker on taker.id = handover.to_id
			where handover.id = ${handoverId}::uuid and ${handovers.see(viewer)}`);
		if (!page) throw notFound();
		const { powers, ...rest } = page;
		return { ...rest, passes: await passing(tx, page.unit.id, powers) };
	});

/** Counted from what the viewer may read: the successor, who holds nothing yet, sees the unit's own total. */
async function passing(tx: Tx, unitId: string, powers: string[]): Promise<Passing> {
	const has = (power: string) => powers.includes(power);
	const row = (await tx.one<{ people: number; claims: number; newcomers: number }>(sql`
		select unit.member_count + unit.sympathiser_count as people,
			(select count(*)::int from territory.claim join territory.unit as below on below.id = claim.unit_id
				where claim.decided_at is null and unit.id = any (below.ancestors)) as claims,
			(select count(*)::int from territory.attachment join territory.unit as below on below.id = attachment.unit_id
				where attachment.until is null and attachment.welcomed_at is null and unit.id = any (below.ancestors)) as newcomers
		from territory.unit where unit.id = ${unitId}::uuid`))!;
	return {
		powers,
		people: has('members.see') ? row.people : 0,
		contacts: has('members.contact'),
		page: has('unit.edit'),
		claims: has('claims.decide') ? row.claims : 0,
		newcomers: has('members.welcome') ? row.newcomers : 0,
	};
}

/** A term of the viewer's own that they may hand over. */
export interface OwnTerm {
	id: string;
	office: Noun;
	unit_id: string;
	unit: string;
	until: Date | null;
	powers: string[];
	provisional: boolean;
	/** The handover under way. */
	handover: string | null;
}

/** The offices the viewer holds now. */
export const ownTerms = (viewer: Viewer): Promise<OwnTerm[]> =>
	read(viewer, (tx) =>
		tx.many<OwnTerm>(sql`select term.id, office.name as office, unit.id as unit_id, unit.name as unit, term.ends_at as until, office.powers, term.provisional,
				(select handover.id from territory.handover where handover.term_id = term.id
					and handover.confirmed_at is null and handover.cancelled_at is null) as handover
			from territory.term join territory.office on office.id = term.office_id join territory.unit on unit.id = term.unit_id
			where term.person_id = ${viewer.id}::uuid and ${isRunning} order by cardinality(unit.ancestors) desc, office.position`),
	);
