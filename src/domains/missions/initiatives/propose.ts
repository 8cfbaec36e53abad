import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { folded, recordAct } from '../create.ts';
import { callers } from '../policy.ts';
import type { Proposal } from './input.ts';
import { initiatives } from './policy.ts';

const ownAtMost = 5;

async function keepFew(tx: Tx, viewer: Viewer): Promise<void> {
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from missions.initiative
		where initiative.by_id = ${viewer.id}::uuid and not initiative.is_official and initiative.state = 'open'`))!;
	if (n >= ownAtMost) throw invalidField('', 'missions.ideas_too_many', { n: ownAtMost });
}

/**
 * Proposes an idea in a unit, officially by who answers for it, otherwise on one's own behalf. Who proposes it is of its team.
 * Gives its id. Throws NotFound, Forbidden without the power, Invalid when five are open already.
 */
export const propose = (viewer: Viewer, { unit, official, ...said }: Proposal): Promise<string> =>
	write(viewer, async (tx) => {
		await callers.guard(tx, viewer, official ? 'official' : 'see', unit);
		if (!official) await keepFew(tx, viewer);
		const id = newId();
		await tx.run(sql`insert into missions.initiative (id, title, text, unit_id, audience, by_id, is_official, team, folded)
			values (${id}, ${said.title}, ${said.text}, ${unit}::uuid, ${said.audience}, ${viewer.id}::uuid, ${Boolean(official)}, 1,
				${folded({ ...said, place: '' })})`);
		await tx.run(sql`insert into missions.teammate (initiative_id, person_id, accepted_at)
			values (${id}, ${viewer.id}::uuid, now())`);
		if (official) await recordAct(tx, viewer, 'propose', { id, unitId: unit });
		return id;
	});

/** Closes an idea: it is kept to be read, and takes nobody any more. Throws NotFound, Forbidden. */
export const closeIdea = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await initiatives.guard(tx, viewer, 'lead', id);
		const row = (await tx.one<{ unit_id: string; mine: boolean }>(sql`
			update missions.initiative set state = 'closed', closed_at = now() where initiative.id = ${id}::uuid
			returning initiative.unit_id, initiative.by_id = ${viewer.id}::uuid and not initiative.is_official as mine`))!;
		if (!row.mine) await recordAct(tx, viewer, 'close_idea', { id, unitId: row.unit_id });
	});
