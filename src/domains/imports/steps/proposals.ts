import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { asSystemOnce, read, write } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { identity, nameOf } from '../check/member.ts';
import type { MemberLine } from '../columns/index.ts';
import { proposals } from '../policy.ts';

/** A line of another territory's file, about somebody of the viewer's. */
export interface Proposal {
	id: string;
	unit: string;
	from: string;
	name: string;
}

/** Lines that other officers' files hold for the viewer's territory, still to be decided. */
export const openProposals = (viewer: Viewer): Promise<Proposal[]> =>
	read(viewer, async (tx) => {
		const rows = await tx.many<{ id: string; unit: string; from: string | null; value: MemberLine }>(sql`
		select proposal.id, unit.name as unit, person.name as from, proposal.value from imports.proposal
		join territory.unit on unit.id = proposal.unit_id left join people.person on person.id = proposal.from_id
		where proposal.decided_at is null and ${proposals.see(viewer)} order by proposal.made_at, proposal.line limit 200`);
		return rows.map(({ value, from, ...row }) => ({ ...row, from: from ?? '', name: nameOf(value) }));
	});

export const DecideForm = v.object({
	id: v.pipe(v.string(), v.uuid('app.invalid_value')),
	answer: v.picklist(['accept', 'refuse'], 'app.invalid_value'),
});

/** Takes the person into the viewer's own list, as an import of one line, or says no. Gives the import's id. Throws NotFound. */
export async function decideProposal(
	viewer: Viewer,
	{ id, answer }: v.InferOutput<typeof DecideForm>,
): Promise<string | null> {
	await write({ ...viewer, requestKey: undefined } as Viewer, (tx) =>
		proposals.guard(tx, viewer, 'decide', id),
	);
	return asSystemOnce(viewer, 'imports', async (tx) => {
		const one = await tx.one<{
			unit_id: string;
			value: MemberLine;
			line: number;
		}>(sql`with asked as (select proposal.id, proposal.unit_id, proposal.value, proposal.line from imports.proposal
				where proposal.id = ${id}::uuid and proposal.decided_at is null for update)
			update imports.proposal set decided_at = now(), decided_by = ${viewer.id}::uuid, value = '{}',
				outcome = ${answer === 'accept' ? 'accepted' : 'refused'} from asked where proposal.id = asked.id
			returning asked.unit_id, asked.value, asked.line`);
		if (!one) return null;
		await record(tx, {
			actorId: viewer.id,
			act: `imports.proposal_${answer}`,
			subject: 'proposal',
			subjectId: id,
			unitId: one.unit_id,
		});
		if (answer === 'refuse') return null;
		const importId = newId();
		const { key, hash } = identity(one.value, one.unit_id);
		await tx.run(sql`insert into imports.import (id, kind, by_id, unit_id, state, total, started_at, beat_at)
			values (${importId}, 'members', ${viewer.id}::uuid, ${one.unit_id}, 'running', 1, clock_timestamp(), now())`);
		await tx.run(sql`insert into imports.line (import_id, line, cells, value, state, unit_id, key, hash)
			values (${importId}, ${one.line}, '[]', ${JSON.stringify(one.value)}::jsonb, 'ready', ${one.unit_id}, ${key}, ${hash})`);
		await enqueue(tx, 'imports.run', { id: importId });
		return importId;
	});
}
