import { asSystem } from '#platform/db.ts';
import { enqueue, type JobDefinition } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { checkLines } from './check/run.ts';
import { inviteJobs } from './invite/invite.ts';
import { work } from './run/engine.ts';

interface Which {
	id: string;
}

const GIVE_UP = 5;

/**
 * Notes a failure. The fifth in a row ends an import where it is (what is written stays, and can be undone);
 * a file that cannot be read goes back to its columns.
 */
async function failing(id: string, error: Error): Promise<void> {
	await asSystem('imports', (tx) =>
		tx.run(sql`update imports.import set tries = tries + 1, problem = ${error.name},
			state = case when tries + 1 < ${GIVE_UP} then state when state = 'mapped' then 'uploaded' else 'failed' end,
			undo_until = case when tries + 1 >= ${GIVE_UP} and state <> 'mapped' then now() + interval '7 days' end where id = ${id}::uuid`),
	);
	throw error;
}

const check: JobDefinition<Which> = {
	name: 'imports.check',
	policy: 'house',
	work: ({ id }) => checkLines('house', id).catch((error: Error) => failing(id, error)),
};

const run: JobDefinition<Which> = {
	name: 'imports.run',
	policy: 'house',
	work: async ({ id }) => {
		const isOver = await work('house', id).catch((error: Error) => failing(id, error));
		if (!isOver)
			await asSystem('imports', (tx) =>
				enqueue(tx, 'imports.run', { id }, { startAfter: new Date(Date.now() + 2_000) }),
			);
	},
};

/** A work that stopped with its process is taken up again: nothing of it was lost, nothing is done twice. */
const resume: JobDefinition<object> = {
	name: 'imports.resume',
	policy: 'house',
	every: '* * * * *',
	work: () =>
		asSystem('imports', async (tx) => {
			const silent = await tx.many<{
				id: string;
				state: string;
			}>(sql`update imports.import set beat_at = now()
			where import.state in ('mapped', 'running', 'undoing') and import.beat_at < now() - interval '30 seconds' returning id, state`);
			for (const { id, state } of silent)
				await enqueue(tx, state === 'mapped' ? 'imports.check' : 'imports.run', { id });
		}),
};

export const jobs = [check, run, resume, ...inviteJobs] as JobDefinition<never>[];
