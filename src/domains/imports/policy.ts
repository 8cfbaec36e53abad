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

const holds = some(
	every(kindIs('members'), holdsPower('members.import', unit)),
	every(kindIs('others'), holdsPower('units.create', unit)),
);

/** The officer who sent it, as long as their office lets them import there. Nobody else reads a member file. */
const mine = every(isMine, holds);

export const imports = policy('imports.import', { see: mine, prepare: mine, launch: mine });

/** Launched by somebody who may not import there any more, or by nobody who is still here. */
const isLeftBehind: Rule = () => sql`import.state in ('running', 'done', 'failed', 'undoing', 'undone')
	and not imports.still_answers(import.by_id, import.kind, import.unit_id)`;
const answersFor = some(mine, every(isLeftBehind, holds));

/** What an import became: for who launched it and, once their office no longer lets them, for whoever holds that power there. */
export const launched = policy('imports.import', { see: answersFor, undo: answersFor }, 'imports.launched');

const target = sql`proposal.unit_id`;
export const proposals = policy('imports.proposal', {
	see: holdsPower('members.import', target),
	decide: holdsPower('members.import', target),
});
