import { type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { folded, recordAct } from '../create.ts';
import { callers } from '../policy.ts';
import type { Launch } from './input.ts';
import { petitions } from './policy.ts';

const ownAtMost = 3;

/**
 * Launches a petition, officially by who answers for the unit, otherwise on one's own behalf. Gives its id.
 * Throws NotFound, Forbidden without the power, Invalid when three are open already.
 */
export const launch = (viewer: Viewer, { unit, official, ...said }: Launch): Promise<string> =>
	write(viewer, async (tx) => {
		await callers.guard(tx, viewer, official ? 'official' : 'see', unit);
		if (!official) await keepFew(tx, viewer.id!);
		const id = newId();
		await tx.run(sql`insert into missions.petition (id, title, text, addressed_to, unit_id, by_id, is_official, folded)
			values (${id}, ${said.title}, ${said.text}, ${said.addressed_to}, ${unit}::uuid, ${viewer.id}::uuid, ${Boolean(official)},
				${folded({ ...said, place: said.addressed_to })})`);
		if (official) await recordAct(tx, viewer, 'launch', { id, unitId: unit });
		return id;
	});

async function keepFew(tx: Tx, personId: string): Promise<void> {
	const { n } = (await tx.one<{ n: number }>(sql`select count(*)::int as n from missions.petition
		where petition.by_id = ${personId}::uuid and not petition.is_official and petition.state = 'open'`))!;
	if (n >= ownAtMost) throw invalidField('', 'missions.petitions_too_many', { n: ownAtMost });
}

/** Closes a petition with what came of it; nobody signs any more. Throws NotFound, Forbidden. */
export const settle = (viewer: Viewer, id: string, { result }: { result: string }): Promise<void> =>
	write(viewer, async (tx) => {
		await petitions.guard(tx, viewer, 'close', id);
		const row = (await tx.one<{ unit_id: string; mine: boolean }>(sql`
			update missions.petition set state = 'closed', closed_at = now(), outcome = ${result} where petition.id = ${id}::uuid
			returning petition.unit_id, petition.by_id = ${viewer.id}::uuid and not petition.is_official as mine`))!;
		if (!row.mine) await recordAct(tx, viewer, 'close_petition', { id, unitId: row.unit_id });
	});

/**
 * Opens again, within ten minutes, a petition closed by mistake: its signatures are there, its outcome is a draft again.
 * Throws NotFound, Forbidden too late, Invalid when its author opened three others since.
 */
export const reopen = (viewer: Viewer, id: string): Promise<void> =>
	write(viewer, async (tx) => {
		await petitions.guard(tx, viewer, 'reopen', id);
		const row = (await tx.one<{
			unit_id: string;
			by_id: string;
			official: boolean;
		}>(sql`select petition.unit_id, petition.by_id,
			petition.is_official as official from missions.petition where petition.id = ${id}::uuid`))!;
		if (!row.official) await keepFew(tx, row.by_id);
		await tx.run(
			sql`update missions.petition set state = 'open', closed_at = null where petition.id = ${id}::uuid`,
		);
		if (row.official || row.by_id !== viewer.id)
			await recordAct(tx, viewer, 'reopen_petition', { id, unitId: row.unit_id });
	});
