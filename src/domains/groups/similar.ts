import { read, type Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type GroupLine, line } from './lines.ts';
import { circles } from './policy.ts';

/** What a group to be would say of itself. */
export interface Draft {
	name: string;
	aim: string;
	subjects: string[];
}

const few = 5;

/** Groups that the viewer sees and that look like this one, nearest first: by name and purpose, or on the same subject. */
export const similarTo = (viewer: Viewer, draft: Draft): Promise<GroupLine[]> =>
	read(viewer, (tx) => similarIn(tx, viewer, draft));

/** As `similarTo`, in a transaction under way. */
export async function similarIn(
	tx: Tx,
	viewer: Viewer,
	{ name, aim, subjects }: Draft,
): Promise<GroupLine[]> {
	const [title, text] = [fold(name), fold(aim).slice(0, 600)];
	return tx.many<GroupLine>(sql`
		with near as materialized (select circle.id,
				platform.word_similarity(${title}, circle.folded) as by_name,
				platform.similarity(${`${title} ${text}`}, circle.folded) as by_text,
				(select count(*)::int from groups.circle_subject where circle_subject.circle_id = circle.id
					and circle_subject.subject_id = any (${list(subjects, 'uuid')})) as shared
			from groups.circle where ${circles.see(viewer)})
		select ${line(viewer)} from near join groups.circle on circle.id = near.id
		where near.by_name > 0.45 or near.by_text > 0.3 or (near.shared > 0 and near.by_text > 0.08)
		order by near.by_name + near.by_text + near.shared * 0.2 desc, circle.id limit ${few}`);
}
