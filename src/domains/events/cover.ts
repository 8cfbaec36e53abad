import * as v from 'valibot';
import { CoverForm, headOf } from '#domains/groups/index.ts';
import type { Routes } from '#platform/access.ts';
import type { Tx } from '#platform/db.ts';
import { type Operation, operation, plainVerb } from '#platform/domain.ts';
import { dropFile } from '#platform/files/keep.ts';
import { fileFrom, fileText } from '#platform/files/sent.ts';
import type { Rule } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { note } from './circle.ts';
import { events } from './policy.ts';

/** Where the picture of an event is held. */
export const coverHolder = 'events.event';

const head = headOf({
	holder: coverHolder,
	job: 'events.picture',
	guard: (tx, viewer, id) => events.guard(tx, viewer, 'change', id),
	// This date and those that follow: what comes back looks the same until somebody says otherwise.
	put: (tx, id, fileId, words) =>
		tx.run(sql`update events.event set cover_id = ${fileId}::uuid, cover_description = ${words}
			from events.event as this where this.id = ${id}::uuid and (event.id = this.id
				or (event.series_id = this.series_id and event.original_start > this.original_start))`),
	shows: async (tx, fileId) =>
		Boolean(
			await tx.one(sql`select 1 as yes from events.event where event.cover_id = ${fileId}::uuid limit 1`),
		),
	note: (tx, viewer, id, act) => note(tx, viewer, `events.${act}`, id),
});
/** Puts a picture at the head of an event and of the dates that follow. Throws NotFound, Forbidden, Invalid. */
export const setCover = head.set;
/** Gives them their contour lines back. Throws NotFound, Forbidden. */
export const dropCover = head.drop;

/** A picture as it is shown, once it is redrawn. */
export interface Cover {
	id: string;
	description: string;
}
/** The picture of an event is fetched by who sees one that shows it. */
export const seesCover: Rule = (viewer) =>
	sql`exists (select from events.event where event.cover_id = file.id and ${events.see(viewer)})`;

/** The pictures that somebody chose go with them. */
export async function eraseCovers(tx: Tx, personId: string): Promise<void> {
	const gone = await tx.many<{
		id: string;
	}>(sql`update events.event set cover_id = null, cover_description = ''
		from platform.file where file.id = event.cover_id and file.owner_id = ${personId}::uuid returning file.id`);
	for (const id of new Set(gone.map((file) => file.id))) await dropFile(tx, id);
}

const changes = { gate: 'network', rule: 'events.event.change', audit: true } as const;
export const coverRoutes: Routes = {
	'POST /evenements/[id=id]/modifier?cover': { ...changes, rate: 'upload' },
	'POST /evenements/[id=id]/modifier?dropCover': changes,
};

const written = { ...changes, scope: 'events:write' } as const;
/** The picture at the head of an event, for programs of who organises it. */
export const coverApi: Record<string, Operation> = {
	'PUT /api/v1/events/[id]/cover': operation({
		...written,
		rate: 'upload',
		summary:
			'Put a picture at the head of an event and of the dates that follow: its bytes in base64, and what is seen on it',
		input: v.strictObject({
			picture: v.optional(fileText('groups.cover_not_picture'), ''),
			description: CoverForm.entries.cover_words,
		}),
		output: v.object({ id: v.string() }),
		act: async (viewer, { picture, description }, params) => {
			await setCover(viewer, params.id!, { cover: fileFrom(picture), cover_words: description });
			return { id: params.id! };
		},
	}),
	'DELETE /api/v1/events/[id]/cover': plainVerb(
		{ ...written, summary: 'Take the picture of an event away' },
		dropCover,
	),
};
