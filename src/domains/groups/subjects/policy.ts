import { holdsAtTop } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { every, isPresent, isSelf, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const keeps = every(isPresent, holdsAtTop('settings.edit'));
const waits: Rule = () => sql`proposal.answered_at is null`;
const made = every(isPresent, isSelf(sql`proposal.person_id`));

/** Who keeps the list of subjects: the office that keeps the settings. Everybody reads it. */
export const subjectKeepers = policy('groups.subject', { see: keeps }, 'groups.subject_keeper');

/** A subject proposed: read by who proposed it and by who keeps the list. */
export const proposals = policy('groups.proposal', {
	see: some(made, keeps),
	/** Once only. */
	answer: every(keeps, waits),
	/** Takes back what nobody answered. */
	withdraw: every(made, waits),
});

/** Lets in who keeps the list; for anybody else its page does not exist. Throws NotFound. */
export async function insistOnKeeper(tx: Tx, viewer: Viewer): Promise<void> {
	const may = await tx.one(sql`select 1 as may where ${subjectKeepers.see(viewer)}`);
	if (!may) throw notFound();
}
