import { read, type Tx } from '#platform/db.ts';
import { any, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { foldName } from './zone.ts';

/** A commune as somebody chooses it in a list. */
export interface Commune {
	id: string;
	name: string;
	/** First postcode, or nothing. */
	postcode: string | null;
	/** The department it is in: tells homonyms apart. */
	within: string | null;
	population: number;
}

const LIMIT = 8;
const isCommune = sql`zone.kind in ('commune', 'municipal_arrondissement')`;

/**
 * Communes for what a person types: the beginning of a name or of a postcode first, then the middle of a name, then
 * near spellings; the most populated first. Nothing for less than two signs.
 */
export const findCommunes = (viewer: Viewer, typed: string): Promise<Commune[]> =>
	read(viewer, (tx) => communesLike(tx, typed));

/** The same, inside a transaction. */
export async function communesLike(tx: Tx, typed: string): Promise<Commune[]> {
	const { name, postcode, whole } = partsOf(typed);
	if (name.length < 2 && postcode.length < 2) return [];
	await tx.run(sql`select set_config('pg_trgm.similarity_threshold', '0.4', true)`);
	const found: Commune[] = [];
	for (const search of [...district(name, whole), ...searches(name, postcode)]) {
		const known = new Set(found.map(({ id }) => id));
		const more = await tx.many<Commune>(search);
		found.push(...more.filter(({ id }) => !known.has(id)));
		if (found.length >= LIMIT) break;
	}
	return found.slice(0, LIMIT);
}

/** The digits and the words of "38000 Grenoble", in any order, and both together: "Paris 13e". */
function partsOf(typed: string): { name: string; postcode: string; whole: string } {
	const short = typed.slice(0, 100);
	const postcode = /\d{2,5}/.exec(short)?.[0] ?? '';
	return { postcode, name: foldName(short.replace(/[\d()]+/g, ' ')).slice(0, 60), whole: foldName(short) };
}

// A district is named by its number, and people stop there.
const district = (name: string, whole: string): Sql[] =>
	name && /\D \d{1,2}(?!\d)/.test(whole)
		? [communes(sql`zone.folded_name like ${`${escaped(whole)}%`}`, sql`zone.population desc`)]
		: [];

const escaped = (text: string) => text.replace(/[\\%_]/g, '\\$&');

// Each search is one indexed condition, so that the planner has no choice to get wrong; the next runs only if places are left.
function searches(name: string, postcode: string): Sql[] {
	// People leave the article out: "mans" is Le Mans.
	const beginnings = ['', 'le ', 'la ', 'les ', 'l '].map(
		(article) => sql`zone.folded_name like ${`${article}${escaped(name)}%`}`,
	);
	const start = any(beginnings);
	const inPostcode = sql`zone.id in (select zone_postcode.zone_id from territory.zone_postcode
		where zone_postcode.postcode like ${`${postcode}%`})`;
	const byPeople = sql`zone.population desc`;
	// A whole postcode says the district, not the city around it.
	const closest =
		postcode.length === 5 ? sql`zone.kind <> 'municipal_arrondissement', ${byPeople}` : byPeople;
	if (postcode && !name) return [communes(inPostcode, closest, postcode)];
	if (postcode) return [communes(sql`${start} and ${inPostcode}`, closest, postcode)];
	const exactFirst = sql`zone.folded_name = ${name} desc, zone.population desc`;
	if (name.length < 3) return [communes(sql`zone.folded_name like ${`${name}%`}`, byPeople)];
	const near = sql`zone.folded_name operator(platform.%) ${name}`;
	return [
		communes(start, exactFirst),
		communes(sql`zone.folded_name like ${`%${escaped(name)}%`}`, byPeople),
		communes(near, sql`platform.similarity(zone.folded_name, ${name}) desc, zone.population desc`),
	];
}

const communes = (condition: Sql, order: Sql, postcode = '') => sql`
	select zone.id, zone.name, zone.population, department.name as within,
		coalesce((select min(one) from unnest(zone.postcodes) as one where one like ${`${postcode}%`}), zone.postcodes[1]) as postcode
	from (select * from territory.zone where ${isCommune} and ${condition} order by ${order} limit ${LIMIT}) as zone
	left join lateral (
		with recursive above as (
			select parent.* from territory.zone as parent where parent.id = zone.parent_id
			union all select parent.* from territory.zone as parent join above on parent.id = above.parent_id)
		select above.name from above where above.kind = 'department' limit 1) as department on true
	order by ${order}`;
