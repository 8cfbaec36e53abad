import { persons } from '#domains/friends/index.ts';
import type { Noun } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { all, any, list, type Sql, sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';
import { isLookalike } from './policy.ts';

/** Somebody found. */
export interface FoundPerson {
	id: string;
	name: string;
	photoId: string | null;
	/** The office held now that stands closest to people, and where. */
	office: Noun | null;
	officeUnit: string | null;
	/** A unit that the viewer shares with them. */
	unit: string | null;
	lookalike: boolean;
}

/** From how many signs a text may be misspelt. */
const typosFrom = 4;

/** The words of a search, folded, without what `like` reads as a pattern. */
export const wordsOf = (typed: string): string[] =>
	fold(typed.slice(0, 200))
		.replace(/[%_\\@,;:()"]/g, ' ')
		.split(/\s+/)
		.filter(Boolean)
		.slice(0, 6);

/** Every word is somewhere in the folded name of this column. */
export const holdsWords = (column: Sql, words: readonly string[]): Sql =>
	all(words.map((word) => sql`${column} like ${`%${word}%`}`));

/** Every word begins a word of the folded name of this column. */
export const startsWord = (column: Sql, words: readonly string[]): Sql =>
	all(
		words.map((word) =>
			any([`${word}%`, `% ${word}%`, `%-${word}%`].map((pattern) => sql`${column} like ${pattern}`)),
		),
	);

/** The beginning of the name first, then the beginning of one of its words. */
export const rank = (column: Sql, words: readonly string[]): Sql => {
	const text = words.join(' ');
	return sql`case when ${column} like ${`${text}%`} then 0 when ${column} like ${`% ${text}%`} then 1 else 2 end`;
};

/** The folded name goes nearly like these words: a letter missing, added or replaced. */
export const goesLike = (column: Sql, words: readonly string[]): Sql =>
	words.join('').length >= typosFrom ? sql`${column} operator(platform.%>) ${words.join(' ')}` : sql`false`;

/** How far a typo may go, for this transaction. */
export const forgiveTypos = (tx: Tx) => tx.run(sql`set local pg_trgm.word_similarity_threshold = 0.55`);

const found = (viewer: Viewer) => sql`person.id, person.name, person.photo_id as "photoId",
	held.office, held.unit as "officeUnit", ${isLookalike(viewer)} as lookalike,
	(select unit.name from territory.attachment join territory.unit on unit.id = attachment.unit_id
		where attachment.person_id = person.id and attachment.until is null
			and attachment.unit_id = any (${list(viewer.units, 'uuid')}) limit 1) as unit`;
const held = sql`left join lateral (select office.name as office, unit.name as unit from territory.term
	join territory.office on office.id = term.office_id join territory.unit on unit.id = term.unit_id
	where term.person_id = person.id and office.retired_at is null and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
	order by cardinality(unit.ancestors) desc, office.position limit 1) as held on true`;

const name = sql`person.folded_name`;

/** As `findPeople`, in a transaction under way; `fits` says how the words stand in the name. */
export async function peopleLike(
	tx: Tx,
	viewer: Viewer,
	words: readonly string[],
	limit: number,
	fits = holdsWords,
): Promise<FoundPerson[]> {
	if (!words.length) return [];
	const exact = await peopleWhere(
		tx,
		viewer,
		fits(name, words),
		sql`${rank(name, words)}, person.folded_name, person.id`,
		limit,
	);
	if (exact.length >= limit || words.join('').length < typosFrom) return exact;
	await forgiveTypos(tx);
	const near = await peopleWhere(
		tx,
		viewer,
		sql`${goesLike(name, words)} and not ${fits(name, words)}`,
		sql`platform.word_similarity(${words.join(' ')}, person.folded_name) desc, person.id`,
		limit - exact.length,
	);
	return [...exact, ...near];
}

/** People whom the viewer may see among these, in this order: the few first are picked before anything else is read of them. */
export const peopleWhere = (tx: Tx, viewer: Viewer, which: Sql, order: Sql, limit: number) =>
	tx.many<FoundPerson>(sql`select ${found(viewer)} from (
			select person.* from people.person where ${which} and ${persons.see(viewer)} order by ${order} limit ${limit}) as person ${held}
		order by ${order}`);

/** How many people a search finds, counted to one hundred and one: beyond, one says "more than a hundred". */
export const countPeople = async (tx: Tx, viewer: Viewer, words: readonly string[]): Promise<number> =>
	words.length
		? (await tx.one<{ n: number }>(sql`select count(*)::int as n from (select 1 from people.person
			where ${holdsWords(name, words)} and ${persons.see(viewer)} limit 101) as counted`))!.n
		: 0;
