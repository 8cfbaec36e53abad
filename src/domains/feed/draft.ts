import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { isId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { writtenText } from './input.ts';

/** `feed` for the composer, `post:<id>` for a comment under a post. */
export const place = v.pipe(
	v.string(),
	v.check((text) => text === 'feed' || isId(/^post:(.*)$/s.exec(text)?.[1]), 'app.invalid_value'),
);
export const DraftForm = v.object({ place, text: writtenText });

/** Keeps a text for later, on any device; an empty one forgets it. */
export const keepDraft = (viewer: Viewer, { place, text }: v.InferOutput<typeof DraftForm>) =>
	write(viewer, (tx) => (text.trim() ? putDraft(tx, viewer, place, text) : dropDraft(tx, viewer, place)));

/** Writes a draft inside a transaction. */
export async function putDraft(tx: Tx, viewer: Viewer, place: string, text: string): Promise<void> {
	await tx.run(sql`
		insert into feed.draft (person_id, place, text) values (${viewer.id}::uuid, ${place}, ${text})
		on conflict (person_id, place) do update set text = excluded.text, saved_at = now()`);
}

/** Forgets a draft: its text was published. */
export async function dropDraft(tx: Tx, viewer: Viewer, place: string): Promise<void> {
	await tx.run(
		sql`delete from feed.draft where draft.person_id = ${viewer.id}::uuid and draft.place = ${place}`,
	);
}

/** The viewer's own drafts, the latest first. */
export const draftsOf = (tx: Tx, viewer: Viewer): Promise<{ place: string; text: string; savedAt: Date }[]> =>
	tx.many(sql`select draft.place, draft.text, draft.saved_at as "savedAt" from feed.draft
		where draft.person_id = ${viewer.id}::uuid order by draft.saved_at desc, draft.place limit 100`);

/** The text kept at a place, or an empty one. */
export async function draftOf(tx: Tx, viewer: Viewer, place: string): Promise<string> {
	const row = await tx.one<{ text: string }>(sql`
		select draft.text from feed.draft where draft.person_id = ${viewer.id}::uuid and draft.place = ${place}`);
	return row?.text ?? '';
}
