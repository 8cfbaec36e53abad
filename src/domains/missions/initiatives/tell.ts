import { notify } from '#domains/notices/index.ts';
import { asSystem } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { initiatives } from './policy.ts';

const isSeen: Rule = (viewer) => sql`exists (select from missions.initiative
	where initiative.id = notice.subject_id and ${initiatives.see(viewer)})`;

/** A notice about an idea lives as long as its reader sees it. */
export const ideaSights: Record<string, Rule> = { idea_asked: isSeen, idea_accepted: isSeen };

const rowOf = sql`select initiative.by_id, initiative.unit_id from missions.initiative`;
type Row = { by_id: string; unit_id: string };

const onAsked = ({ initiativeId, byId }: { initiativeId: string; byId: string }) =>
	asSystem('notices', async (tx) => {
		const row = await tx.one<Row>(sql`${rowOf} where initiative.id = ${initiativeId}::uuid`);
		if (!row) return;
		const { by_id, unit_id } = row;
		await notify(tx, { type: 'idea_asked', to: [by_id], byId, subjectId: initiativeId, unitId: unit_id });
	});

const onAccepted = ({ initiativeId, personId }: { initiativeId: string; personId: string }) =>
	asSystem('notices', async (tx) => {
		const row = await tx.one<Row>(sql`${rowOf} where initiative.id = ${initiativeId}::uuid`);
		if (!row) return;
		await notify(tx, {
			...{ type: 'idea_accepted', to: [personId] },
			...{ subjectId: initiativeId, unitId: row.unit_id },
		});
	});

export const ideaListeners: Listener<never>[] = [
	{ to: 'missions.idea_asked', name: 'missions.tell_idea_asked', hear: onAsked },
	{ to: 'missions.idea_accepted', name: 'missions.tell_idea_accepted', hear: onAccepted },
] as Listener<never>[];
