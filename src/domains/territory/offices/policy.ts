import { every, isMember, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { belongsBelow, holdsPower } from '../rules.ts';

/** The term of the current row runs now. */
export const isRunning = sql`(term.starts_at <= now() and (term.ends_at is null or term.ends_at > now()))`;
const runs: Rule = () => isRunning;

/** Holds the power strictly above the unit; at the top, where nothing is above, on the unit itself. */
export const holdsOver =
	(power: string, unit: Sql): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.unit as judged where judged.id = ${unit}
				and exists (select from territory.held_power where held_power.person_id = ${viewer.id}::uuid
					and held_power.power = ${power} and held_power.unit_id = any (judged.ancestors)
					and (held_power.unit_id <> judged.id or judged.parent_id is null)))`
			: sql`false`;

/** Holds the power on the whole organisation. */
export const holdsAtTop =
	(power: string): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.held_power join territory.unit as top on top.id = held_power.unit_id
				where held_power.person_id = ${viewer.id}::uuid and held_power.power = ${power} and top.parent_id is null)`
			: sql`false`;

/** Holds, by an office of their own (nothing lent), any power on the unit or above. */
const holdsOwn =
	(unit: Sql): Rule =>
	(viewer) =>
		viewer.secondFactor
			? sql`exists (select from territory.held_power join territory.unit as reached on reached.id = ${unit}
				where held_power.person_id = ${viewer.id}::uuid and not held_power.lent
					and held_power.unit_id = any (reached.ancestors))`
			: sql`false`;

/** Nobody holds the leading office of this unit: the page says so, and a member may offer to take it. */
export const lacksOfficer = (unit: Sql): Sql => sql`(
	exists (select from territory.unit as led join territory.office as chief on chief.kind_id = led.kind_id
		where led.id = ${unit} and led.closed_at is null and chief.leads and chief.retired_at is null)
	and not exists (select from territory.term join territory.office as chief on chief.id = term.office_id
		join people.person as holder on holder.id = term.person_id
		where term.unit_id = ${unit} and chief.leads and chief.retired_at is null and ${isRunning}
			and holder.left_at is null and holder.erased_at is null))`;

/** May name somebody to an office with these powers: whoever names others is named from above. */
export const mayFill = (unit: Sql, powers: Sql): Rule =>
	some(
		holdsOver('offices.appoint', unit),
		every(holdsPower('offices.appoint', unit), () => sql`not (${powers} @> array['offices.appoint'])`),
	);

const unitOfRow = sql`unit.id`;
const isOpen: Rule = () => sql`unit.closed_at is null`;
/** What concerns the officers of a unit. */
export const bureaus = policy(
	'territory.unit',
	{
		see: every(isPresent, isOpen),
		appoint: every(isPresent, isOpen, holdsPower('offices.appoint', unitOfRow)),
		claim: every(isMember, belongsBelow(unitOfRow), () => lacksOfficer(unitOfRow)),
		lend: every(isPresent, isOpen, holdsOwn(unitOfRow)),
	},
	'territory.bureau',
);

const powersOfTerm = sql`(select office.powers from territory.office where office.id = term.office_id)`;
const ownTerm = isSelf(sql`term.person_id`);
const factor: Rule = (viewer) => (viewer.secondFactor ? sql`true` : sql`false`);
/** Terms are known inside the network: one sees who holds which office, and who held it. */
export const terms = policy('territory.term', {
	see: isPresent,
	end: every(isPresent, runs, some(ownTerm, mayFill(sql`term.unit_id`, powersOfTerm))),
	handOver: every(isPresent, factor, ownTerm, runs),
});

const ownClaim = isSelf(sql`claim.person_id`);
const decides = holdsOver('claims.decide', sql`claim.unit_id`);
/** A claim is between who makes it and who decides. One does not decide one's own. */
export const claims = policy('territory.claim', {
	see: every(isPresent, some(ownClaim, decides)),
	decide: every(isPresent, decides, (viewer) => sql`claim.person_id <> ${viewer.id}::uuid`),
	withdraw: every(isPresent, ownClaim),
});

const gives = isSelf(sql`handover.from_id`);
const takes = isSelf(sql`handover.to_id`);
/** A handover is between two people; whoever names officers there may read it. */
export const handovers = policy('territory.handover', {
	see: every(isPresent, some(gives, takes, holdsPower('offices.appoint', sql`handover.unit_id`))),
	accept: every(isPresent, takes),
	confirm: every(isPresent, factor, gives),
	cancel: every(isPresent, some(gives, takes)),
});

const over = (power: string) => holdsPower(power, sql`loan.unit_id`);
/** A loan is known to who lends, who borrows, and who names officers or reads the journal there. */
export const loans = policy('territory.loan', {
	see: every(
		isPresent,
		some(
			isSelf(sql`loan.lender_id`),
			isSelf(sql`loan.borrower_id`),
			over('offices.appoint'),
			over('audit.read'),
		),
	),
	end: every(
		isPresent,
		some(
			isSelf(sql`loan.lender_id`),
			isSelf(sql`loan.borrower_id`),
			holdsOver('offices.appoint', sql`loan.unit_id`),
		),
	),
});

/** Kinds of unit are names that everyone reads; the office that keeps them changes them. */
export const kinds = policy('territory.unit_kind', {
	see: isPresent,
	edit: every(isPresent, holdsAtTop('kinds.edit')),
});
/** Offices and their powers. */
export const offices = policy('territory.office', {
	see: isPresent,
	edit: every(isPresent, holdsAtTop('kinds.edit')),
});
/** Who is let into which app. */
export const gates = policy('territory.gate', {
	see: every(isPresent, holdsAtTop('gates.edit')),
	edit: every(isPresent, holdsAtTop('gates.edit')),
});
