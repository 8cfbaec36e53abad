import { read } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { sources } from '../loading/policy.ts';
import type { Explored } from './explore.ts';

/** Nobody said which candidates of a round are ours; and where to say it, for who may. */
export interface Unsaid {
	href: string | null;
}

/** Null when somebody here is ours, or nothing is shown at all. */
export async function oursUnsaid(
	viewer: Viewer,
	{ state, choices, election }: Pick<Explored, 'state' | 'choices' | 'election'>,
): Promise<Unsaid | null> {
	if (state !== 'ready' || choices.includes('our_share')) return null;
	const may = await read(viewer, (tx) => tx.one(sql`select 1 where ${sources.see(viewer)}`));
	return { href: may ? `/carte/donnees/blocs?scrutin=${encodeURIComponent(election ?? '')}` : null };
}
