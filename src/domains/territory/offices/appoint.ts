import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, forbidden, invalidField, notFound } from '#platform/errors.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { assertEligible } from './eligible.ts';
import { dayEnd, id, line } from './fields.ts';
import { lockUnit } from './guard.ts';
import { bureaus, mayFill, terms } from './policy.ts';
import { closeTerm, keepAKeeper, lockKeepers, startTerm } from './term.ts';

/** Names a person to an office of a unit, from now, perhaps until a day. */
export const AppointForm = v.object({
	unit: id,
	person: v.pipe(v.optional(v.string(), ''), v.uuid('territory.term_choose_person')),
	office: v.pipe(v.optional(v.string(), ''), v.uuid('territory.term_choose_office')),
	until: v.optional(dayEnd),
});

/**
 * Opens a term. NotFound when the unit is not seen, Forbidden when the viewer does not name officers there;
 * nobody takes by themselves powers that they do not hold already.
 */
export const appoint = (viewer: Viewer, { unit, person, office, until }: v.InferOutput<typeof AppointForm>) =>
	write(viewer, async (tx) => {
		await bureaus.guard(tx, viewer, 'appoint', unit);
		await lockUnit(tx, unit);
		const post = await officeToFill(tx, viewer, unit, office);
		if (until && until <= new Date()) throw invalidField('until', 'territory.term_until_past');
		if (person === viewer.id) await notAboveOneself(tx, viewer, unit, post.powers);
		await assertEligible(tx, person, unit, 'person');
		const termId = await startTerm(tx, {
			personId: person,
			unitId: unit,
			officeId: office,
			byId: viewer.id,
			until: until ?? null,
		});
		await announce(tx, 'territory.term_started', {
			termId,
			personId: person,
			unitId: unit,
			officeId: office,
		});
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.appoint',
			subject: 'person',
			subjectId: person,
			unitId: unit,
			detail: { office: post.key, term: termId, until: until?.toISOString() ?? null },
		});
		return termId;
	});

interface Post {
	key: string;
	powers: string[];
	fillable: boolean;
}

async function officeToFill(tx: Tx, viewer: Viewer, unit: string, office: string): Promise<Post> {
	const post = await tx.one<Post>(sql`
		select office.key, office.powers, ${mayFill(sql`unit.id`, sql`office.powers`)(viewer)} as fillable
		from territory.office join territory.unit on unit.kind_id = office.kind_id
		where unit.id = ${unit}::uuid and office.id = ${office}::uuid and office.retired_at is null and unit.closed_at is null`);
	if (!post) throw invalidField('office', 'territory.office_unknown');
	if (!post.fillable) throw forbidden('territory.term_from_above');
	return post;
}

async function notAboveOneself(tx: Tx, viewer: Viewer, unit: string, powers: string[]): Promise<void> {
	const own = await tx.many<{ power: string }>(sql`
		select held_power.power from territory.held_power join territory.unit on unit.id = ${unit}::uuid
		where held_power.person_id = ${viewer.id}::uuid and not held_power.lent and held_power.unit_id = any (unit.ancestors)`);
	const held = new Set(own.map(({ power }) => power));
	if (powers.some((power) => !held.has(power))) throw forbidden('territory.term_not_oneself');
}

/** Ends a term, one's own or one that the viewer may fill, and says why. */
export const EndTermForm = v.object({ term: id, why: line(300) });

/** Ends a term at once: at the next request its powers are gone. Throws Conflict when it is over already. */
export const endTerm = (viewer: Viewer, { term, why }: v.InferOutput<typeof EndTermForm>) =>
	write(viewer, async (tx) => {
		const row = await tx.one<{ person_id: string; unit_id: string; keeper: boolean }>(sql`
			select term.person_id, term.unit_id, 'kinds.edit' = any (office.powers) as keeper
			from territory.term join territory.office on office.id = term.office_id
			where term.id = ${term}::uuid and ${terms.see(viewer)}`);
		if (!row) throw notFound();
		if (row.keeper) await lockKeepers(tx);
		await mustStillRun(tx, term);
		await terms.guard(tx, viewer, 'end', term);
		await closeTerm(tx, term, viewer.id, why || null);
		if (row.keeper) await keepAKeeper(tx);
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.end_term',
			subject: 'person',
			subjectId: row.person_id,
			unitId: row.unit_id,
			...(why && { reason: why }),
			detail: { term },
		});
	});

// Seen once nobody else can end it: of two who end a term at once, the second is told that it is over.
async function mustStillRun(tx: Tx, term: string): Promise<void> {
	const runs = await tx.one<{ yes: boolean }>(sql`
		select term.starts_at <= now() and (term.ends_at is null or term.ends_at > clock_timestamp()) as yes
		from territory.term where term.id = ${term}::uuid for update`);
	if (!runs?.yes) throw conflict('territory.term_over');
}
