import { asSystem } from '#platform/db.ts';
import { announce, type Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** Two accounts were one person: whom they set apart follows. */
const onMerged = ({ fromId, intoId }: { fromId: string; intoId: string }) =>
	asSystem('safety', async (tx) => {
		await tx.run(sql`insert into safety.block (person_id, blocked_id, at)
			select ${intoId}::uuid, blocked_id, at from safety.block where person_id = ${fromId}::uuid and blocked_id <> ${intoId}::uuid
			union all
			select person_id, ${intoId}::uuid, at from safety.block where blocked_id = ${fromId}::uuid and person_id <> ${intoId}::uuid
			on conflict do nothing`);
		await tx.run(sql`insert into safety.mute (person_id, muted_id, at)
			select ${intoId}::uuid, muted_id, at from safety.mute where person_id = ${fromId}::uuid and muted_id <> ${intoId}::uuid
			union all
			select person_id, ${intoId}::uuid, at from safety.mute where muted_id = ${fromId}::uuid and person_id <> ${intoId}::uuid
			on conflict do nothing`);
		await tx.run(sql`delete from safety.block where ${fromId}::uuid in (person_id, blocked_id)`);
		await tx.run(sql`delete from safety.mute where ${fromId}::uuid in (person_id, muted_id)`);
	});

/**
 * What was hidden is hidden for all: a report of it that waited for moderators of elsewhere, who have nothing left to judge, gets the
 * same answer. What was kept is looked at by them all the same.
 */
const onDecided = ({ decisionId }: { decisionId: string }) =>
	asSystem('safety', async (tx) => {
		const left = await tx.many<{ reporter: string; outcome: string; rule: string }>(sql`update safety.report
			set decision_id = decision.id from safety.decision
			where decision.id = ${decisionId}::uuid and report.kind = decision.kind and report.subject_id = decision.subject_id
				and report.decision_id is null and exists (select from safety.hidden
					where hidden.kind = decision.kind and hidden.subject_id = decision.subject_id and hidden.decision_id = decision.id)
			returning report.reporter_id as reporter, decision.outcome, decision.rule`);
		const [first] = left;
		if (!first) return;
		const { outcome, rule } = first;
		// Its author was told once.
		await announce(tx, 'safety.decided', {
			decisionId,
			authorId: null,
			outcome,
			rule,
			reporterIds: left.map(({ reporter }) => reporter),
		});
	});

export const listeners: Listener<never>[] = [
	{ to: 'people.merged', name: 'safety.on_merged', hear: onMerged },
	{ to: 'safety.decided', name: 'safety.on_decided', hear: onDecided },
] as Listener<never>[];
