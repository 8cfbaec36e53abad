import * as v from 'valibot';
import { lift } from '#domains/people/index.ts';
import { record } from '#platform/audit.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Outcome } from './decide.ts';
import { appeals, decisions } from './policy.ts';
import type { HouseRule, SubjectKind } from './report.ts';

/** Days promised for an answer. */
export const answerDays = 7;

/** A decision as its author reads it, with their appeal. */
export interface Decision {
	id: string;
	kind: SubjectKind;
	placeId: string;
	outcome: Outcome;
	rule: HouseRule;
	note: string;
	words: string;
	at: Date;
	reversedAt: Date | null;
	/** Until when its author is slowed down or suspended; null when they are not. */
	until: Date | null;
	mine: boolean;
	mayAppeal: boolean;
	appeal: {
		at: string;
		dueAt: string;
		text: string;
		outcome: 'confirmed' | 'reversed' | null;
		answer: string;
	} | null;
}

export const AppealForm = v.object({
	text: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.minLength(1, 'safety.appeal_needed'),
		v.maxLength(4000, 'safety.note_too_long'),
	),
});

export const HearForm = v.object({
	outcome: v.pipe(v.optional(v.string(), ''), v.picklist(['confirmed', 'reversed'], 'safety.outcome_needed')),
	answer: v.pipe(
		v.optional(v.string(), ''),
		v.trim(),
		v.minLength(1, 'safety.answer_needed'),
		v.maxLength(4000, 'safety.note_too_long'),
	),
});

const columns = (
	viewer: Viewer,
) => sql`decision.id, decision.kind, decision.place_id as "placeId", decision.outcome, decision.rule,
	decision.note, decision.words, decision.at, decision.reversed_at as "reversedAt",
	coalesce(decision.slow_until, (select suspension.ends_at from people.suspension where suspension.id = decision.suspension_id)) as until, decision.author_id = ${viewer.id}::uuid as mine,
	${decisions.appeal(viewer)} and not exists (select from safety.appeal where appeal.decision_id = decision.id) as "mayAppeal",
	(select jsonb_build_object('at', appeal.at, 'dueAt', appeal.due_at, 'text', appeal.text, 'outcome', appeal.outcome, 'answer', appeal.answer)
		from safety.appeal where appeal.decision_id = decision.id) as appeal`;

/** A decision about the viewer, or that they may read as a moderator. Throws NotFound. */
export const decisionOf = (viewer: Viewer, id: string): Promise<Decision> =>
	read(viewer, async (tx) => {
		const row = await tx.one<Decision>(sql`select ${columns(viewer)} from safety.decision
			where decision.id = ${id}::uuid and ${decisions.see(viewer)}`);
		if (!row) throw notFound();
		return row;
	});

/** What was decided about the viewer's words, latest first. What was kept is not told. */
export const decisionsAboutMe = (viewer: Viewer): Promise<Decision[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${columns(viewer)} from safety.decision
		where decision.author_id = ${viewer.id}::uuid and decision.outcome <> 'keep' order by decision.at desc limit 50`),
	);

/** Asks somebody else to look again, once; the answer is promised within seven days. Throws NotFound, Forbidden, Invalid. */
export const appeal = (
	viewer: Viewer,
	decisionId: string,
	{ text }: v.InferOutput<typeof AppealForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await lockedFor(tx, viewer, decisionId);
		const id = newId();
		const isFirst = await tx.run(sql`insert into safety.appeal (id, decision_id, person_id, text, due_at)
			values (${id}, ${decisionId}::uuid, ${viewer.id}::uuid, ${text}, now() + make_interval(days => ${answerDays}::int))
			on conflict (decision_id) do nothing`);
		if (!isFirst) throw invalidField('text', 'safety.appealed_already');
		await announce(tx, 'safety.appealed', { appealId: id, decisionId });
	});

// The author reads their decision and may not change it: no row lock, the unique appeal does the counting.
async function lockedFor(tx: Tx, viewer: Viewer, decisionId: string): Promise<void> {
	const may = await tx.one(sql`select 1 as may from safety.decision
		where decision.id = ${decisionId}::uuid and ${decisions.appeal(viewer)}`);
	if (!may) await decisions.refuse(tx, viewer, decisionId);
}

/** Answers an appeal. Reversed: the words are back, the suspension ends. Throws NotFound, or Forbidden for who is involved. */
export const hearAppeal = (
	viewer: Viewer,
	appealId: string,
	{ outcome, answer }: v.InferOutput<typeof HearForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		await appeals.guard(tx, viewer, 'hear', appealId);
		const row = (await tx.one<{ decision_id: string; person_id: string }>(sql`
			update safety.appeal set decided_at = now(), decided_by = ${viewer.id}::uuid, outcome = ${outcome}, answer = ${answer}
			where appeal.id = ${appealId}::uuid returning decision_id, person_id`))!;
		if (outcome === 'reversed') await reverse(tx, viewer, row.decision_id);
		await record(tx, {
			actorId: viewer.id,
			act: 'safety.hear_appeal',
			subject: 'decision',
			subjectId: row.decision_id,
			reason: answer,
			detail: { outcome },
		});
		await announce(tx, 'safety.appeal_decided', {
			decisionId: row.decision_id,
			authorId: row.person_id,
			outcome,
		});
	});

async function reverse(tx: Tx, viewer: Viewer, decisionId: string): Promise<void> {
	await tx.run(sql`delete from safety.hidden where hidden.decision_id = ${decisionId}::uuid`);
	const decision = await tx.one<{ suspension_id: string | null }>(sql`
		update safety.decision set reversed_at = now() where decision.id = ${decisionId}::uuid returning suspension_id`);
	if (decision?.suspension_id) await lift(tx, { suspensionId: decision.suspension_id, byId: viewer.id! });
}

/** An appeal and what it is about, for who may hear it. Throws NotFound. */
export const appealOf = (viewer: Viewer, appealId: string): Promise<Decision & { author: string }> =>
	read(viewer, async (tx) => {
		const row = await tx.one<Decision & { author: string }>(sql`
			select ${columns(viewer)}, author.name as author from safety.appeal join safety.decision on decision.id = appeal.decision_id
			join people.person as author on author.id = decision.author_id
			where appeal.id = ${appealId}::uuid and ${appeals.hear(viewer)}`);
		if (!row) throw notFound();
		return row;
	});
