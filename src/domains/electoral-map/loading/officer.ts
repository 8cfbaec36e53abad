import { asSystem, read, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { alone } from '../store/alone.ts';
import { columnsOf, type Sending } from './model.ts';
import { sendings, sources } from './policy.ts';

/** Reads as this officer. Throws NotFound for whoever loads nothing. */
export const asLoader = <T>(viewer: Viewer, work: (tx: Tx) => Promise<T>): Promise<T> =>
	read(viewer, async (tx) => {
		await mustLoad(tx, viewer);
		return alone(work)(tx);
	});

/** Throws NotFound for whoever holds no office that loads. */
export async function mustLoad(tx: Tx, viewer: Viewer): Promise<true> {
	if (!(await tx.one(sql`select 1 as found where ${sources.see(viewer)}`))) throw notFound();
	return true;
}

/** A file that was sent, and where it stands. Throws NotFound. */
export const showSending = (viewer: Viewer, id: string): Promise<Sending> =>
	read(viewer, async (tx) => {
		const one = await tx.one<Sending>(sql`select ${columnsOf} from electoral_map.sending
			where sending.id = ${id}::uuid and sending.state <> 'dropped' and ${sendings.see(viewer)}`);
		if (!one) throw notFound();
		return one;
	});

/** Puts files whose reading stopped with its process back in the queue, which the map's own role cannot reach. */
export const queueSilent = (): Promise<void> =>
	asSystem('map', async (tx) => {
		const silent = await tx.many<{ id: string }>(sql`update electoral_map.sending set beat_at = now()
			where sending.state = 'waiting' and sending.beat_at < now() - interval '2 minutes' returning id`);
		for (const { id } of silent) await enqueue(tx, 'electoral-map.check', { id });
	});
