import * as v from 'valibot';
import { type Tx, write } from '#platform/db.ts';
import { forbidden, invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { announce } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';

/** What can be looked at by moderators. */
export const subjectKinds = [
	'post',
	'comment',
	'profile',
	'message',
	'mission',
	'group',
	'initiative',
	'petition',
	'event',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** The rules of the house: a report says which one, a decision quotes it. */
export const houseRules = ['attack', 'hate', 'private', 'false', 'spam', 'illegal', 'other'] as const;
export type HouseRule = (typeof houseRules)[number];

/** Something reported, as the domain that holds it shows it to who reports: they see it, or it does not exist. */
export interface Subject {
	kind: SubjectKind;
	id: string;
	/** The post of a comment; itself otherwise. */
	placeId: string;
	authorId: string;
	/** Who opened the thread; the author otherwise. */
	hostId: string;
	/** Where it is said. Null: where its author belongs. */
	unitId: string | null;
}

export const ReportForm = v.object({
	reason: v.pipe(v.optional(v.string(), ''), v.picklist(houseRules, 'safety.reason_needed')),
	note: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(2000, 'safety.note_too_long')), ''),
});

/**
 * Asks moderators to look at something. Said twice by the same person, it is one report, with the last words.
 * The caller has read the subject through its own front door. Throws Forbidden, Invalid for one's own words.
 */
export const report = (
	viewer: Viewer,
	subject: Subject,
	{ reason, note }: v.InferOutput<typeof ReportForm>,
): Promise<void> =>
	write(viewer, async (tx) => {
		if (!isActive(viewer)) throw forbidden();
		if (subject.authorId === viewer.id) throw invalidField('', 'safety.own_words');
		const unitId = subject.unitId ?? (await sharedUnit(tx, subject.authorId));
		await tx.run(sql`
			insert into safety.report (id, reporter_id, kind, subject_id, place_id, author_id, host_id, unit_id, reason, note)
			values (${newId()}, ${viewer.id}::uuid, ${subject.kind}, ${subject.id}::uuid, ${subject.placeId}::uuid,
				${subject.authorId}::uuid, ${subject.hostId}::uuid, ${unitId}::uuid, ${reason}, ${note})
			on conflict (reporter_id, kind, subject_id) where decision_id is null
			do update set reason = excluded.reason, note = excluded.note`);
		await announce(tx, 'safety.reported', {
			kind: subject.kind,
			subjectId: subject.id,
			unitId,
			apart: [viewer.id, subject.authorId, subject.hostId],
		});
	});

// Membership of others is not the reporter's to read: the unit they share, if any, else the national moderators look.
const sharedUnit = async (tx: Tx, authorId: string): Promise<string | null> =>
	(
		await tx.one<{ unit_id: string }>(sql`select attachment.unit_id from territory.attachment
		where attachment.person_id = ${authorId}::uuid and attachment.until is null
			and attachment.unit_id = any (platform.viewer_units()) order by attachment.since limit 1`)
	)?.unit_id ?? null;
