import { asSystem } from '#platform/db.ts';
import { forbidden } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';

/** A year of moderation, by rule: what was reported, what was decided, what was overturned. */
export interface Figures {
	year: number;
	reports: number;
	rules: {
		rule: string;
		keep: number;
		warn: number;
		hide: number;
		slow: number;
		suspend: number;
		reversed: number;
	}[];
}

/** Counts of a year, for everybody in the network: numbers only, of the whole organisation. */
export function figures(viewer: Viewer, year: number): Promise<Figures> {
	if (!isActive(viewer)) throw forbidden();
	return asSystem('figures', async (tx) => {
		const from = new Date(Date.UTC(year, 0, 1));
		const to = new Date(Date.UTC(year + 1, 0, 1));
		const count = await tx.one<{ n: number }>(
			sql`select count(*)::int as n from safety.report where report.at >= ${from} and report.at < ${to}`,
		);
		const rules = await tx.many<Figures['rules'][number]>(sql`
			select decision.rule, count(*) filter (where decision.outcome = 'keep')::int as keep,
				count(*) filter (where decision.outcome = 'warn')::int as warn, count(*) filter (where decision.outcome = 'hide')::int as hide,
				count(*) filter (where decision.outcome = 'slow')::int as slow, count(*) filter (where decision.outcome = 'suspend')::int as suspend, count(decision.reversed_at)::int as reversed
			from safety.decision where decision.at >= ${from} and decision.at < ${to} group by decision.rule order by decision.rule`);
		return { year, reports: count!.n, rules };
	});
}
