import * as v from 'valibot';
import { declaredApps } from '#platform/apps.ts';
import { record } from '#platform/audit.ts';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { type App, type GateRule, gateOf } from '#platform/domain.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { insist, tellAllRoles } from './guard.ts';
import { openings } from './openings.ts';
import { gates, isRunning } from './policy.ts';

export const GateForm = v.object({
	app: v.pipe(v.string(), v.maxLength(60)),
	open: v.picklist(openings, 'territory.gate_choose'),
	kinds: v.optional(v.array(v.pipe(v.string(), v.maxLength(60))), []),
	power: v.optional(v.string(), ''),
});
type Typed = v.InferOutput<typeof GateForm>;

/** The rule that was typed; kinds and power count for offices only. */
export const ruleFrom = ({ open, kinds, power }: Pick<Typed, 'open' | 'kinds' | 'power'>): GateRule =>
	open === 'office' ? { open, ...(kinds.length && { kinds }), ...(power && { power }) } : { open };

/**
 * Says who is let into an app, from the next request on. Forbidden to all but who keeps the gates;
 * one may not shut oneself out of the gates themselves.
 */
export const editGate = (viewer: Viewer, typed: Typed) =>
	write(viewer, async (tx) => {
		await insist(tx, viewer, gates.edit, gates.see);
		const app = declaredApps().apps.find(({ name }) => name === typed.app);
		if (!app) throw notFound();
		if (app.fixed) throw conflict('territory.gate_fixed');
		const rule = ruleFrom(typed);
		await refuseUnknown(tx, rule);
		if (app.name === 'gates') await keepOpenFor(viewer, rule);
		await tx.run(sql`insert into territory.gate (app, rule, changed_by) values (${app.name}, ${JSON.stringify(rule)}::jsonb, ${viewer.id}::uuid)
			on conflict (app) do update set rule = excluded.rule, changed_by = excluded.changed_by, changed_at = now()`);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.edit_gate',
			subject: 'app',
			detail: { app: app.name, rule: JSON.stringify(rule) },
		});
		await tellAllRoles(tx);
	});

/** A rule names kinds of unit and powers that exist. */
async function refuseUnknown(tx: Tx, { kinds, power }: GateRule): Promise<void> {
	const known = await tx.many<{ key: string }>(sql`select key from territory.unit_kind`);
	if (kinds?.some((kind) => !known.some(({ key }) => key === kind)))
		throw invalidField('kinds', 'territory.kind_unknown');
	if (power && !declaredApps().powers.includes(power)) throw invalidField('power', 'territory.power_unknown');
}

async function keepOpenFor(viewer: Viewer, rule: GateRule): Promise<void> {
	const { n } = await asSystem(
		'gate-preview',
		async (tx) =>
			(await tx.one<{ n: number }>(
				sql`select count(*)::int as n from people.person where person.id = ${viewer.id}::uuid and ${passes(rule)}`,
			))!,
	);
	if (!n) throw conflict('territory.gate_shuts_you_out');
}

/** The person of the current row is in the network now: the same reading as `standingOf`, in SQL. */
const isIn = sql`(person.confirmed_at is not null and person.left_at is null and person.erased_at is null
	and not exists (select from people.suspension where suspension.person_id = person.id and suspension.lifted_at is null
		and suspension.starts_at <= now() and (suspension.ends_at is null or suspension.ends_at > now()))
	and exists (select from people.membership where membership.person_id = person.id and membership.ended_at is null))`;

const isMemberNow = sql`exists (select from people.membership
	join people.membership_type on membership_type.id = membership.type_id
	where membership.person_id = person.id and membership.ended_at is null and membership_type.grants = 'member'
		and membership.verified_at is not null and not coalesce(membership.paid_until < current_date, false))`;

/** The person of the current row passes this rule. Reads memberships: for the house only. */
export function passes(rule: GateRule): Sql {
	if (rule.open === 'anyone') return sql`true`;
	if (rule.open === 'nobody') return sql`false`;
	if (rule.open === 'network') return sql`${isIn}`;
	if (rule.open === 'members') return sql`(${isIn} and ${isMemberNow})`;
	const kinds = rule.kinds?.length ? sql`unit_kind.key = any (${[...rule.kinds]}::text[])` : sql`true`;
	// A loan opens what asks for its power or for any office, never what asks for an office of a level.
	const power = rule.power
		? sql`held_power.power = ${rule.power}`
		: rule.kinds?.length
			? sql`false`
			: sql`true`;
	// `in`, not `exists`: the planner then reads the few terms once instead of asking for each person.
	return sql`(${isIn} and person.id in (
		select term.person_id from territory.term join territory.office on office.id = term.office_id
			join territory.unit_kind on unit_kind.id = office.kind_id
			where ${isRunning} and office.retired_at is null and ${kinds}
				and (${rule.power ?? null}::text is null or ${rule.power ?? null}::text = any (office.powers))
		union all
		select held_power.person_id from territory.held_power join territory.unit on unit.id = held_power.unit_id
			join territory.unit_kind on unit_kind.id = unit.kind_id
			where held_power.lent and ${power} and ${kinds}))`;
}

/** How many people of the network would be let in; counted by the house, so that no name is read. */
export async function previewGate(viewer: Viewer, rule: GateRule): Promise<number> {
	await read(viewer, (tx) => insist(tx, viewer, gates.see));
	const [n] = await asSystem('gate-preview', (tx) => countPassing(tx, [rule]));
	return n!;
}

/** Counts for several rules at once, in a transaction of the house: the caller has checked who asks. */
export async function countPassing(tx: Tx, rules: readonly GateRule[]): Promise<number[]> {
	if (!rules.length) return [];
	const counts = rules.map(
		(rule) =>
			sql`(select count(*)::int from people.person where ${rule.open === 'anyone' ? isIn : passes(rule)})`,
	);
	return (await tx.one<{ counts: number[] }>(sql`select array[${sql.join(counts)}] as counts`))!.counts;
}

/** An app, its rule now, and whether the organisation chose it. */
export interface AppGate {
	app: App;
	rule: GateRule;
	chosen: boolean;
	passing: number;
}

/** Every app with its gate and how many people pass. NotFound for who does not keep the gates. */
export async function gateList(viewer: Viewer): Promise<AppGate[]> {
	const { apps } = declaredApps();
	const rows = await read(viewer, async (tx) => {
		await insist(tx, viewer, gates.see);
		return tx.many<{ app: string; rule: GateRule }>(sql`select gate.app, gate.rule from territory.gate`);
	});
	const decided = Object.fromEntries(rows.map(({ app, rule }) => [app, rule]));
	const rules = apps.map((app) => gateOf(app, decided));
	const counts = await asSystem('gate-preview', (tx) => countPassing(tx, rules));
	return apps.map((app, index) => ({
		app,
		rule: rules[index]!,
		chosen: !app.fixed && app.name in decided,
		passing: counts[index]!,
	}));
}
