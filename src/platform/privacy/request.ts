import type { Readable } from 'node:stream';
import { record } from '../audit.ts';
import { read, write } from '../db.ts';
import { invalidField, notFound } from '../errors.ts';
import { store } from '../files/keep.ts';
import { newId } from '../ids.ts';
import { announce, enqueue } from '../jobs.ts';
import { sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';

/** Days to change one's mind. */
export const daysToUndo = 30;

/** A file of everything kept about the viewer, ready or not. */
export interface Export {
	id: string;
	askedAt: Date;
	readyAt: Date | null;
	expiresAt: Date | null;
	bytes: number | null;
}

/** Asks for a file of everything kept about the viewer; one at a time, made within minutes by a job. */
export const askExport = (viewer: Viewer): Promise<void> =>
	write(viewer, async (tx) => {
		await tx.run(sql`select pg_advisory_xact_lock(hashtext('export'), hashtext(${viewer.id}))`);
		const waiting = await tx.one(sql`select 1 as waiting from platform.export
			where person_id = ${viewer.id}::uuid and ready_at is null and asked_at > now() - interval '1 hour'`);
		if (waiting) throw invalidField('export', 'privacy.export_waiting');
		const id = newId();
		await tx.run(sql`insert into platform.export (id, person_id) values (${id}, ${viewer.id}::uuid)`);
		await enqueue(tx, 'privacy.export', { id });
	});

const own = (viewer: Viewer) =>
	sql`person_id = ${viewer.id}::uuid and (expires_at is null or expires_at > now())`;
const columns = sql`id, asked_at as "askedAt", ready_at as "readyAt", expires_at as "expiresAt", bytes::float8 as bytes`;

/** The viewer's export files that still open. */
export const exportsOf = (viewer: Viewer): Promise<Export[]> =>
	read(viewer, (tx) =>
		tx.many(sql`select ${columns} from platform.export where ${own(viewer)} order by asked_at desc limit 10`),
	);

/** The bytes of an export of the viewer's own. Throws NotFound when it is not theirs, not ready, or over. */
export const openExport = async (
	viewer: Viewer,
	id: string,
): Promise<{ bytes: number; content: Readable }> => {
	const row = await read(viewer, (tx) =>
		tx.one<{
			stored_id: string;
			bytes: number;
		}>(sql`select stored_id, bytes::float8 as bytes from platform.export
			where ${own(viewer)} and id = ${id}::uuid and stored_id is not null`),
	);
	if (!row) throw notFound();
	return { bytes: row.bytes, content: await store().get(row.stored_id) };
};

/** Asks that the viewer's account be erased in thirty days; `suppression` when they never want to be written to again. */
export const askErasure = (viewer: Viewer, suppression: string | null): Promise<void> =>
	write(viewer, async (tx) => {
		const asked = await tx.run(sql`insert into platform.erasure (person_id, due_at, suppression)
			values (${viewer.id}::uuid, now() + make_interval(days => ${daysToUndo}::int), ${suppression})
			on conflict (person_id) do nothing`);
		if (!asked) return;
		await record(tx, {
			actorId: viewer.id,
			act: 'privacy.ask_erasure',
			subject: 'person',
			subjectId: viewer.id!,
		});
		await announce(tx, 'privacy.erasure_asked', { personId: viewer.id });
	});

/** Keeps the account after all. */
export const cancelErasure = (viewer: Viewer): Promise<void> =>
	write(viewer, async (tx) => {
		const kept = await tx.run(
			sql`delete from platform.erasure where person_id = ${viewer.id}::uuid and done_at is null`,
		);
		if (!kept) return;
		await record(tx, {
			actorId: viewer.id,
			act: 'privacy.cancel_erasure',
			subject: 'person',
			subjectId: viewer.id!,
		});
		await announce(tx, 'privacy.erasure_cancelled', { personId: viewer.id });
	});

/** When the viewer's account goes, if they asked. */
export const erasureOf = (viewer: Viewer): Promise<{ askedAt: Date; dueAt: Date } | undefined> =>
	read(viewer, (tx) =>
		tx.one(sql`select asked_at as "askedAt", due_at as "dueAt" from platform.erasure
		where person_id = ${viewer.id}::uuid and done_at is null`),
	);
