import * as v from 'valibot';
import { record } from '#platform/audit.ts';
import { write } from '#platform/db.ts';
import { conflict } from '#platform/errors.ts';
import { sql } from '#platform/sql.ts';
import { MARKDOWN_MAX } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';

const text = v.pipe(v.string(), v.trim(), v.maxLength(MARKDOWN_MAX, 'territory.unit_text_long'));

export const EditForm = v.object({
	version: v.pipe(
		v.union([v.string(), v.number()]),
		v.toNumber('territory.unit_page_reload'),
		v.integer('territory.unit_page_reload'),
	),
	publicText: text,
	membersText: text,
	contactEmail: v.optional(
		v.pipe(
			v.string(),
			v.trim(),
			v.maxLength(200, 'territory.unit_email_shape'),
			v.union([v.literal(''), v.pipe(v.string(), v.email('territory.unit_email_shape'))]),
		),
		'',
	),
});

/**
 * Writes a unit's page: the part for everybody, the part for its people, the address for letters. Throws Conflict when
 * somebody saved another version meanwhile: theirs stays, what was typed comes back.
 */
export const editPage = (
	viewer: Viewer,
	unitId: string,
	{ version, publicText, membersText, contactEmail }: v.InferOutput<typeof EditForm>,
) =>
	write(viewer, async (tx) => {
		await units.guard(tx, viewer, 'edit', unitId);
		const saved = await tx.run(sql`
			update territory.unit set public_text = ${publicText}, members_text = ${membersText}, contact_email = nullif(${contactEmail}, ''),
				version = unit.version + 1, edited_at = now(), edited_by = ${viewer.id}::uuid
			where id = ${unitId}::uuid and version = ${version}`);
		if (!saved) throw conflict('territory.unit_page_changed');
		await record(tx, {
			actorId: viewer.id,
			act: 'territory.edit_page',
			subject: 'unit',
			subjectId: unitId,
			unitId,
		});
	});
