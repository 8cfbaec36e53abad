import * as v from 'valibot';
import { suspend } from '#domains/people/index.ts';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { conflict, forbidden, invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { maySuspend, reports } from './policy.ts';
import { houseRules, type SubjectKind } from './report.ts';

/** What moderators may decide. */
export const outcomes = ['keep', 'warn', 'hide', 'slow', 'suspend'] as const;
export type Outcome = (typeof outcomes)[number];
/** How long somebody may be slowed down or suspended, in days. */
export const suspensionDays = ['1', '7', '30', '90'] as const;

export const DecideForm = v.object({
	outcome: v.pipe(v.optional(v.string(), ''), v.picklist(outcomes, 'safety.outcome_needed')),
	rule: v.pipe(v.optional(v.string(), ''), v.picklist(houseRules, 'safety.rule_needed')),
	note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000, 'safety.note_too_long')), ''),
	days: v.optional(v.picklist(suspensionDays, 'safety.days_needed'), '7'),
});

interface About {
	kind: SubjectKind;
	subjectId: string;
	/** What the moderator read, through the front door of the domain that holds it; null when they do not read it. */
	words: string | null;
}

interface Reported {
	place_id: string;
	author_id: string;
	host_id: string;
	unit_id: string | null;
}

const minutes = 10;

/** Takes a case for ten minutes, so that two moderators do not answer at once. Throws NotFound, or Conflict with who has it. */
export const take = (viewer: Viewer, kind: SubjectKind, subjectId: string): Promise<void> =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		await reported(tx, viewer, kind, subjectId);
		await hold(tx, viewer, kind, subjectId);
	});

async function hold(tx: Tx, viewer: Viewer, kind: SubjectKind, subjectId: string): Promise<void> {
	const mine = await tx.run(sql`
		insert into safety.review (kind, subject_id, by_id, until)
		values (${kind}, ${subjectId}::uuid, ${viewer.id}::uuid, now() + make_interval(mins => ${minutes}::int))
		on conflict (kind, subject_id) do update set by_id = excluded.by_id, until = excluded.until
		where review.by_id = excluded.by_id or review.until <= now()`);
	if (mine) return;
	const other = await tx.one<{ name: string }>(sql`select person.name from safety.review
		join people.person on person.id = review.by_id where review.kind = ${kind} and review.subject_id = ${subjectId}::uuid`);
	throw conflict('safety.taken', { name: other?.name ?? '' });
}

async function reported(tx: Tx, viewer: Viewer, kind: SubjectKind, subjectId: string): Promise<Reported> {
	const row =
		await tx.one<Reported>(sql`select report.place_id, report.author_id, report.host_id, report.unit_id from safety.report
		where report.kind = ${kind} and report.subject_id = ${subjectId}::uuid and report.decision_id is null
			and ${reports.see(viewer)} order by report.at limit 1`);
	if (!row) throw notFound();
	return row;
}

/**
 * Answers every open report about something, quoting the rule: the author and who reported are told, the act is audited.
 * Hiding takes the words out of sight at once; slowing also lets the author write little for some days, suspending closes the
 * network to them.
 * Throws NotFound when no report of it is for this moderator, Conflict when another holds it, Forbidden when the author is out of reach.
 */
export const decide = (
	viewer: Viewer,
	{ kind, subjectId, words }: About,
	input: v.InferOutput<typeof DecideForm>,
): Promise<string> =>
	write(viewer, async (tx) => {
		const judged = wordsRead(words);
		await reported(tx, viewer, kind, subjectId);
		await hold(tx, viewer, kind, subjectId);
		// Read again once held: another moderator may have answered while this one waited.
		const about = await reported(tx, viewer, kind, subjectId);
		if (kind === 'profile' && input.outcome === 'hide')
			throw invalidField('outcome', 'safety.profile_not_hidden');
		const { suspensionId, slowDays } = await restrain(tx, viewer, about.author_id, input);
		const id = newId();
		await tx.run(sql`
			insert into safety.decision (id, kind, subject_id, place_id, author_id, host_id, unit_id, by_id, outcome, rule, note, words, suspension_id, slow_until)
			values (${id}, ${kind}, ${subjectId}::uuid, ${about.place_id}::uuid, ${about.author_id}::uuid, ${about.host_id}::uuid, ${about.unit_id}::uuid,
				${viewer.id}::uuid, ${input.outcome}, ${input.rule}, ${input.note}, ${judged}, ${suspensionId}::uuid, now() + make_interval(days => ${slowDays}::int))`);
		if (kind !== 'profile' && hiding.includes(input.outcome))
			await hide(tx, kind, subjectId, about.place_id, id);
		await answer(tx, viewer, { id, kind, subjectId, ...about }, input);
		return id;
	});

const hiding: readonly Outcome[] = ['hide', 'slow', 'suspend'];

function wordsRead(words: string | null): string {
	if (words === null) throw notFound();
	return words.slice(0, 10_000);
}

// Both hold in the whole network: who decides it reaches the person and every office that they hold.
async function keepWithinReach(tx: Tx, viewer: Viewer, personId: string): Promise<void> {
	const row = await tx.one<{ may: boolean }>(
		sql`select ${maySuspend(sql`${personId}::uuid`)(viewer)} as may`,
	);
	if (!row?.may) throw forbidden('safety.suspension_above');
}

/** What the decision does to the person themselves: nothing, less to write for some days, or the network closed. */
async function restrain(
	tx: Tx,
	viewer: Viewer,
	personId: string,
	{ outcome, days, note }: v.InferOutput<typeof DecideForm>,
): Promise<{ suspensionId: string | null; slowDays: number | null }> {
	if (outcome !== 'slow' && outcome !== 'suspend') return { suspensionId: null, slowDays: null };
	await keepWithinReach(tx, viewer, personId);
	if (outcome === 'slow') return { suspensionId: null, slowDays: Number(days) };
	const suspensionId = await suspend(tx, { personId, byId: viewer.id!, days: Number(days), reason: note });
	return { suspensionId, slowDays: null };
}

async function hide(
	tx: Tx,
	kind: SubjectKind,
	subjectId: string,
	placeId: string,
	decisionId: string,
): Promise<void> {
	await tx.run(sql`insert into safety.hidden (kind, subject_id, place_id, decision_id)
		values (${kind}, ${subjectId}::uuid, ${placeId}::uuid, ${decisionId}) on conflict do nothing`);
	await announce(tx, 'safety.hidden', { kind, subjectId });
}

async function answer(
	tx: Tx,
	viewer: Viewer,
	about: Reported & { id: string; kind: SubjectKind; subjectId: string },
	input: v.InferOutput<typeof DecideForm>,
): Promise<void> {
	const { id, kind, subjectId, author_id: authorId, unit_id: unitId } = about;
	const told = await tx.many<{ reporter_id: string }>(sql`
		update safety.report set decision_id = ${id}::uuid
		where report.kind = ${kind} and report.subject_id = ${subjectId}::uuid and report.decision_id is null returning reporter_id`);
	await tx.run(
		sql`delete from safety.review where review.kind = ${kind} and review.subject_id = ${subjectId}::uuid`,
	);
	await record(tx, {
		actorId: viewer.id,
		act: 'safety.decide',
		subject: kind,
		subjectId,
		...(unitId && { unitId }),
		reason: input.note,
		detail: { outcome: input.outcome, rule: input.rule },
	});
	await announce(tx, 'safety.decided', {
		decisionId: id,
		authorId,
		outcome: input.outcome,
		rule: input.rule,
		reporterIds: told.map(({ reporter_id }) => reporter_id),
	});
}
