import { atMost, dueBefore, type Late, lateBy } from '#domains/territory/index.ts';
import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { appeals, reports } from './policy.ts';

const unanswered = (viewer: Viewer) => sql`
	select null::uuid as id, report.unit_id, report.at from safety.report
	where report.decision_id is null and report.at < ${dueBefore} and ${reports.see(viewer)}
	order by report.at limit ${atMost}`;

// An appeal says itself by when its answer was promised.
const unheard = (viewer: Viewer) => sql`
	select appeal.id, decision.unit_id, appeal.at
	from safety.appeal join safety.decision on decision.id = appeal.decision_id
	where appeal.decided_at is null and appeal.due_at < now() and ${appeals.hear(viewer)}
	order by appeal.due_at limit ${atMost}`;

/** Reports and appeals that wait for this moderator beyond what was promised, by unit. */
export const lateToJudge = (viewer: Viewer): Promise<Late[]> =>
	read(viewer, async (tx) => {
		const asked = [lateBy('report', unanswered(viewer)), lateBy('appeal', unheard(viewer))];
		return (await Promise.all(asked.map((query) => tx.many<Late>(query)))).flat();
	});
