import { declaredApps } from '#platform/apps.ts';
import { asSystem, read } from '#platform/db.ts';
import { type GateRule, gateOf } from '#platform/domain.ts';
import { notFound } from '#platform/errors.ts';
import { every, isPresent, type Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Noun } from '../blueprint.ts';
import { countPassing } from './gates.ts';
import { insist } from './guard.ts';
import { isRunning, loans, terms } from './policy.ts';

/** Any officer, second factor given, may read who may do what. */
const isOfficer: Rule = every(isPresent, (viewer) =>
	viewer.officer && viewer.secondFactor ? sql`true` : sql`false`,
);

/** An office of a kind of unit, what it may do, and how many people hold it now. */
export interface OfficeRights {
	id: string;
	kindKey: string;
	kind: Noun;
	office: Noun;
	powers: string[];
	holders: number;
}

/** Who may do what: offices × powers, apps × gates, each with a count of people, read from the data itself. */
export async function rights(viewer: Viewer) {
	const { apps } = declaredApps();
	const { offices, gates } = await read(viewer, async (tx) => {
		await insist(tx, viewer, isOfficer);
		const offices = await tx.many<OfficeRights>(sql`
			select office.id, unit_kind.key as "kindKey", unit_kind.name as kind, office.name as office, office.powers,
				(select count(distinct term.person_id)::int from territory.term where term.office_id = office.id and ${isRunning}) as holders
			from territory.office join territory.unit_kind on unit_kind.id = office.kind_id
			where office.retired_at is null order by unit_kind.position, office.position, office.id`);
		return {
			offices,
			gates: await tx.many<{ app: string; rule: GateRule }>(
				sql`select gate.app, gate.rule from territory.gate`,
			),
		};
	});
	const decided = Object.fromEntries(gates.map(({ app, rule }) => [app, rule]));
	const rules = apps.map((app) => gateOf(app, decided));
	const counts = await asSystem('gate-preview', (tx) => countPassing(tx, rules));
	return { offices, apps: apps.map((app, index) => ({ app, rule: rules[index]!, passing: counts[index]! })) };
}

/** One reason for which a person may do something, and how far it reaches. */
export interface Reason {
	unitId: string;
	unit: string;
	office: Noun;
	until: Date | null;
	/** Who lent it; null when the office is the person's own. */
	lender: string | null;
}

/** Why a person may do this: their offices and the loans that the viewer may know of. NotFound for an unknown person. */
export const why = (viewer: Viewer, personId: string, power: string) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer, isOfficer);
		const person = await tx.one<{
			id: string;
			name: string;
		}>(sql`select person.id, person.name from people.person
			where person.id = ${personId}::uuid and person.confirmed_at is not null and person.erased_at is null`);
		if (!person) throw notFound();
		const reasons = await tx.many<Reason>(sql`
			select unit.id as "unitId", unit.name as unit, office.name as office, term.ends_at as until, null as lender
			from territory.term join territory.office on office.id = term.office_id join territory.unit on unit.id = term.unit_id
			where term.person_id = ${personId}::uuid and ${isRunning} and office.retired_at is null and ${power} = any (office.powers) and ${terms.see(viewer)}
			union all
			select unit.id, unit.name, office.name, loan.ends_at, lender.name
			from territory.loan join territory.unit on unit.id = loan.unit_id join people.person as lender on lender.id = loan.lender_id
			join lateral (select office.name from territory.term join territory.office on office.id = term.office_id
				where term.person_id = loan.lender_id and ${isRunning} and office.retired_at is null and ${power} = any (office.powers)
					and term.unit_id = any (unit.ancestors) limit 1) as office on true
			where loan.borrower_id = ${personId}::uuid and loan.starts_at <= now() and loan.ends_at > now() and loan.ended_at is null
				and ${power} = any (loan.powers) and ${loans.see(viewer)}`);
		return { person, reasons };
	});

/** Officers whose name goes like this, to ask why; at most eight. */
export const officersNamed = (viewer: Viewer, text: string) =>
	read(viewer, async (tx) => {
		await insist(tx, viewer, isOfficer);
		const wanted = `%${fold(text)
			.replace(/[%_\\]/g, '')
			.slice(0, 80)}%`;
		return tx.many<{ id: string; name: string }>(sql`select person.id, person.name from people.person
			where person.folded_name like ${wanted} and person.erased_at is null and (
				exists (select from territory.term where term.person_id = person.id and ${isRunning})
				or exists (select from territory.loan where loan.borrower_id = person.id and loan.ended_at is null and ${loans.see(viewer)}))
			order by person.name, person.id limit 8`);
	});
