import { read } from '#platform/db.ts';
import { all, list, type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { isActive, type Viewer } from '#platform/viewer.ts';
import { type FoundPerson, peopleLike, peopleWhere, wordsOf } from './find.ts';
import { fields } from './policy.ts';

const most = 20;
const plain = (column: Sql) =>
	sql`translate(lower(${column}), 'àâäáéèêëîïíôöóùûüúçñ’', 'aaaaeeeeiiiooouuuucn''')`;
const holds = (column: Sql, words: readonly string[]) =>
	all(words.map((word) => sql`${column} like ${`%${fold(word)}%`}`));

/** Somebody found, with the interests or the skills by which they were. */
export type FoundToWrite = FoundPerson & { about: string[] };

/**
 * People whom the viewer may know, found by their name, by a unit (one that both belong to, or where they hold an office), or by
 * an interest or a skill that they show to the viewer; each once, names first.
 */
export async function findPeople(viewer: Viewer, typed: string): Promise<FoundToWrite[]> {
	const words = wordsOf(typed);
	if (!words.length || !isActive(viewer)) return [];
	return read(viewer, async (tx) => {
		const shown = await tx.many<{ person_id: string; about: string[] }>(sql`
			select field.person_id, array_agg(field.value ->> 'text' order by field.position) as about from profiles.field
			where field.kind in ('interest', 'skill') and ${holds(plain(sql`field.value ->> 'text'`), words)} and ${fields.see(viewer)}
			group by field.person_id limit ${most}`);
		const inUnit = sql`person.id in (
			select attachment.person_id from territory.attachment join territory.unit on unit.id = attachment.unit_id
				where attachment.until is null and attachment.unit_id = any (${list(viewer.units, 'uuid')}) and ${holds(sql`unit.folded_name`, words)}
			union all select term.person_id from territory.term join territory.unit on unit.id = term.unit_id
				where term.starts_at <= now() and (term.ends_at is null or term.ends_at > now()) and ${holds(sql`unit.folded_name`, words)})`;
		const byLine = sql`person.id = any (${list(
			shown.map(({ person_id }) => person_id),
			'uuid',
		)})`;
		const order = sql`person.folded_name, person.id`;
		const found = [
			...(await peopleLike(tx, viewer, words, most)),
			...(await peopleWhere(tx, viewer, byLine, order, most)),
			...(await peopleWhere(tx, viewer, inUnit, order, most)),
		];
		const about = new Map(shown.map((row) => [row.person_id, row.about]));
		const once = [...new Map(found.map((one) => [one.id, one])).values()];
		return once
			.filter(({ id }) => id !== viewer.id)
			.map((one) => ({ ...one, about: about.get(one.id) ?? [] }));
	});
}
