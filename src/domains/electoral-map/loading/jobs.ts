import { asSystem } from '#platform/db.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { alone } from '../store/alone.ts';
import { checkSending } from './check.ts';
import { queueSilent } from './officer.ts';

interface Which {
	id: string;
}

const GIVE_UP = 5;

/** Notes a failure; the fifth in a row ends it, and nothing of it is in place. */
async function failing(id: string, error: Error): Promise<never> {
	await asSystem(
		'map',
		alone((tx) =>
			tx.run(sql`update electoral_map.sending set tries = tries + 1,
				state = case when tries + 1 < ${GIVE_UP} then state else 'failed' end
				where sending.id = ${id}::uuid and sending.state = 'waiting'`),
		),
	);
	throw error;
}

const check: JobDefinition<Which> = {
	name: 'electoral-map.check',
	policy: 'house',
	work: ({ id }) => checkSending('house', id).catch((error: Error) => failing(id, error)),
};

/** A file whose reading stopped with its process is taken up again. */
const resume: JobDefinition<object> = {
	name: 'electoral-map.resume',
	policy: 'house',
	every: '* * * * *',
	work: queueSilent,
};

export const loadingJobs = [check, resume] as JobDefinition<never>[];
