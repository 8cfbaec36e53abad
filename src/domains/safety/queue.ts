import { read } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { appeals, decisions, reports } from './policy.ts';
import type { HouseRule, SubjectKind } from './report.ts';

/** One thing to look at, with all that was said of it. Who reported is not told to who judges. */
export interface Case {
	kind: SubjectKind;
	subjectId: string;
	placeId: string;
	author: { id: string; name: string };
	unit: string | null;
	reasons: HouseRule[];
	notes: string[];
	reports: number;
	since: Date;
	/** Another moderator looks at it now. */
	takenBy: string | null;
	earlier: number;
}

/** An appeal that waits for the viewer. */
export interface OpenAppeal {
	id: string;
	kind: SubjectKind;
	outcome: string;
	rule: HouseRule;
	author: string;
	dueAt: Date;
}

const SIZE = 30;

const cases = (viewer: Viewer, where: Sql) => sql`
	select report.kind, report.subject_id as "subjectId", (array_agg(report.place_id))[1] as "placeId",
		(select jsonb_build_object('id', author.id, 'name', author.name) from people.person as author
			where author.id = (array_agg(report.author_id))[1]) as author,
		(select unit.name from territory.unit where unit.id = (array_agg(report.unit_id))[1]) as unit,
		array_agg(distinct report.reason) as reasons,
		coalesce(array_agg(report.note order by report.at) filter (where report.note <> ''), '{}') as notes,
		count(*)::int as reports, min(report.at) as since,
		(select holder.name from safety.review join people.person as holder on holder.id = review.by_id
			where review.kind = report.kind and review.subject_id = report.subject_id and review.until > now()
				and review.by_id <> ${viewer.id}::uuid) as "takenBy",
		(select count(*)::int from safety.decision where decision.author_id = (array_agg(report.author_id))[1]
			and decision.outcome <> 'keep' and decision.reversed_at is null and ${decisions.see(viewer)}) as earlier
	from safety.report where report.decision_id is null and ${reports.see(viewer)} and ${where}
	group by report.kind, report.subject_id`;

/** What waits for this moderator, oldest first: their units and those below, never their own case. */
export const queue = (viewer: Viewer): Promise<Case[]> =>
	read(viewer, (tx) =>
		tx.many<Case>(sql`${cases(viewer, sql`true`)} order by since, report.subject_id limit ${SIZE}`),
	);

/** One case. Throws NotFound when there is none for this moderator. */
export const caseOf = (viewer: Viewer, kind: SubjectKind, subjectId: string): Promise<Case> =>
	read(viewer, async (tx) => {
		const found = await tx.one<Case>(
			cases(viewer, sql`report.kind = ${kind} and report.subject_id = ${subjectId}::uuid`),
		);
		if (!found) throw notFound();
		return found;
	});

/** Appeals that this moderator may hear, the most pressing first. */
export const appealsToHear = (viewer: Viewer): Promise<OpenAppeal[]> =>
	read(viewer, (tx) =>
		tx.many(sql`
		select appeal.id, decision.kind, decision.outcome, decision.rule, author.name as author, appeal.due_at as "dueAt"
		from safety.appeal join safety.decision on decision.id = appeal.decision_id
		join people.person as author on author.id = appeal.person_id
		where appeal.decided_at is null and ${appeals.hear(viewer)} order by appeal.due_at, appeal.id limit ${SIZE}`),
	);
