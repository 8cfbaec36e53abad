import { holdsPower } from '#domains/territory/index.ts';
import { every, policy, type Rule, some } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const unit = sql`import.unit_id`;
const kindIs =
	(kind: 'members' | 'others'): Rule =>
	() =>
		kind === 'members' ? sql`import.kind = 'members'` : sql`import.kind <> 'members'`;
const isMine: Rule = (viewer: Viewer) => (viewer.id ? sql`import.by_id = ${viewer.id}::uuid` : sql`false`);

/** The officer who sent it, as long as their office lets them import there. Nobody else reads a member file. */
const mine = every(
	isMine,
	some(
		every(kindIs('members'), holdsPower('members.import', unit)),
		every(kindIs('others'), holdsPower('units.create', unit)),
	),
);

export const imports = policy('imports.import', { see: mine, prepare: mine, launch: mine, undo: mine });

const target = sql`proposal.unit_id`;
export const proposals = policy('imports.proposal', {
	see: holdsPower('members.import', target),
	decide: holdsPower('members.import', target),
});
