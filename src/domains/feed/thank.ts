import { type Tx, write } from '#platform/db.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { comments, posts } from './policy.ts';

/** What one may say thank you for. */
export type Thankable = 'post' | 'comment';

const guardOf = (kind: Thankable) => (kind === 'post' ? posts : comments);

/** Says thank you, once however often it is sent. */
export const thank = (viewer: Viewer, kind: Thankable, id: string) =>
	write(viewer, async (tx) => {
		await guardOf(kind).guard(tx, viewer, 'thank', id);
		const isNew = await tx.run(sql`insert into feed.thanks (person_id, subject_id, kind)
			values (${viewer.id}::uuid, ${id}::uuid, ${kind}) on conflict do nothing`);
		if (!isNew) return;
		await count(tx, kind, id, 1);
		await announce(tx, 'feed.thanked', { kind, subjectId: id, byId: viewer.id });
	});

/** Takes the thank you back. */
export const unthank = (viewer: Viewer, kind: Thankable, id: string) =>
	write(viewer, async (tx) => {
		await guardOf(kind).guard(tx, viewer, 'thank', id);
		const was = await tx.run(sql`
			delete from feed.thanks where thanks.person_id = ${viewer.id}::uuid and thanks.subject_id = ${id}::uuid`);
		if (was) await count(tx, kind, id, -1);
	});

const count = (tx: Tx, kind: Thankable, id: string, by: 1 | -1) =>
	tx.run(
		sql`update ${sql.raw(`feed.${kind}`)} as thanked set thanks_count = thanked.thanks_count + ${by} where thanked.id = ${id}::uuid`,
	);
