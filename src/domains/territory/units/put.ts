import type { Tx } from '#platform/db.ts';
import { invalid } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import { repairCounts } from '../belonging/counts.ts';
import { holdTree } from './arrange.ts';
import { slugOf } from './slug.ts';

/** A unit as a file or a demonstration gives it; the code says which one it is, for ever. */
export interface UnitRow {
	code: string;
	name: string;
	/** Key of its kind. */
	kind: string;
	/** Code of the unit above; null at the top. */
	parent: string | null;
	/** Ids of the zones it covers; absent, those it has stay. */
	zones?: readonly string[];
	publicText?: string;
}

/** What an upsert did. */
export interface Put {
	ids: Map<string, string>;
	added: number;
	changed: number;
}

/** Writes one unit by its code; gives its id. Runs as the house. */
export const putUnit = async (tx: Tx, row: UnitRow): Promise<string> =>
	(await putUnits(tx, [row])).ids.get(row.code)!;

/**
 * Writes units by their code, parents in any order: new ones are made, known ones follow their name, kind and place; texts already
 * written stay. Runs as the house. Throws Invalid, naming up to ten codes, for an unknown kind or parent, a kind that does not go
 * there, or a circle; then nothing is kept if the caller lets the transaction fail.
 */
export async function putUnits(tx: Tx, rows: readonly UnitRow[]): Promise<Put> {
	await holdTree(tx);
	const given = await stageRows(tx, rows);
	await refuse(
		tx,
		'territory.unit_import_kind',
		sql`select code from given_unit where kind not in (select key from territory.unit_kind)`,
	);
	const written = await tx.many<{ fresh: boolean }>(sql`
		insert into territory.unit (id, kind_id, ancestors, code, slug, name, folded_name, public_text)
		select given.id, unit_kind.id, array[given.id], given.code, given.slug, given.name, given.folded_name, given.public_text
		from given_unit as given join territory.unit_kind on unit_kind.key = given.kind
		on conflict (code) do update set name = excluded.name, folded_name = excluded.folded_name, kind_id = excluded.kind_id
		where (unit.name, unit.kind_id) is distinct from (excluded.name, excluded.kind_id)
		returning (xmax = 0) as fresh`);
	await hangRows(tx);
	await coverRows(tx, rows);
	const ids = await tx.many<{ code: string; id: string }>(
		sql`select unit.code, unit.id from territory.unit join given_unit using (code)`,
	);
	await tx.run(sql`drop table given_unit`);
	const added = written.filter(({ fresh }) => fresh).length;
	if (added < given) await repairCounts(tx);
	return { ids: new Map(ids.map(({ code, id }) => [code, id])), added, changed: written.length - added };
}

async function stageRows(tx: Tx, rows: readonly UnitRow[]): Promise<number> {
	const slugs = await freeSlugs(tx, rows);
	const staged = rows.map((row, i) => ({
		id: newId(),
		code: row.code,
		name: row.name,
		folded_name: fold(row.name),
		kind: row.kind,
		parent: row.parent,
		slug: slugs[i],
		public_text: row.publicText ?? '',
	}));
	await tx.run(sql`
		create temporary table given_unit on commit drop as
		select distinct on (code) * from jsonb_to_recordset(${JSON.stringify(staged)}::jsonb) as given
			(id uuid, code text, name text, folded_name text, kind text, parent text, slug text, public_text text)`);
	await tx.run(sql`analyze given_unit`);
	return rows.length;
}

/** Names are often the same from one department to the next: the second one gets its code in its address. */
async function freeSlugs(tx: Tx, rows: readonly UnitRow[]): Promise<string[]> {
	const taken = await tx.many<{ code: string | null; slug: string }>(
		sql`select code, slug from territory.unit`,
	);
	const used = new Set(taken.map(({ slug }) => slug));
	const known = new Map(taken.map(({ code, slug }) => [code, slug]));
	return rows.map(({ name, code }) => {
		const kept = known.get(code);
		if (kept) return kept;
		let slug = slugOf(name);
		if (used.has(slug)) slug = `${slugOf(name.slice(0, 50))}-${slugOf(code.slice(0, 20))}`;
		for (let n = 2; used.has(slug); n++) slug = `${slugOf(name.slice(0, 60))}-${n}`;
		used.add(slug);
		return slug;
	});
}

async function hangRows(tx: Tx): Promise<void> {
	await refuse(
		tx,
		'territory.unit_import_parent',
		sql`select given.code from given_unit as given
		where given.parent is not null and not exists (select from territory.unit where unit.code = given.parent)`,
	);
	await tx.run(sql`
		update territory.unit set parent_id = parent.id from given_unit as given left join territory.unit as parent on parent.code = given.parent
		where unit.code = given.code and unit.parent_id is distinct from parent.id`);
	await refuse(
		tx,
		'territory.unit_import_misplaced',
		sql`select unit.code from given_unit join territory.unit using (code)
		join territory.unit as parent on parent.id = unit.parent_id
		where not exists (select from territory.unit_kind_child as fit where fit.parent_id = parent.kind_id and fit.child_id = unit.kind_id)`,
	);
	await tx.run(sql`
		with recursive tree as (
			select unit.id, array[unit.id] as path from territory.unit where unit.parent_id is null
			union all select unit.id, tree.path || unit.id from territory.unit join tree on unit.parent_id = tree.id)
		update territory.unit set ancestors = tree.path from tree where tree.id = unit.id and unit.ancestors <> tree.path`);
	await refuse(
		tx,
		'territory.unit_import_circle',
		sql`
		with recursive tree as (select unit.id from territory.unit where unit.parent_id is null
			union all select unit.id from territory.unit join tree on unit.parent_id = tree.id)
		select unit.code from territory.unit where unit.id not in (select id from tree)`,
	);
}

async function coverRows(tx: Tx, rows: readonly UnitRow[]): Promise<void> {
	const pairs = rows.flatMap(({ code, zones }) => (zones ?? []).map((zone) => ({ code, zone })));
	const covering = rows.filter(({ zones }) => zones).map(({ code }) => ({ code }));
	const wanted = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as wanted (code text, zone text)`;
	await refuse(
		tx,
		'territory.unit_import_zone',
		sql`select distinct wanted.code from ${wanted} where wanted.zone not in (select id from territory.zone)`,
	);
	await tx.run(sql`
		delete from territory.coverage using territory.unit, jsonb_to_recordset(${JSON.stringify(covering)}::jsonb) as given (code text)
		where unit.id = coverage.unit_id and unit.code = given.code
			and not exists (select from ${wanted} where wanted.code = unit.code and wanted.zone = coverage.zone_id)`);
	await tx.run(sql`insert into territory.coverage (unit_id, zone_id) select unit.id, wanted.zone from ${wanted}
		join territory.unit on unit.code = wanted.code on conflict do nothing`);
}

async function refuse(tx: Tx, key: string, wrong: ReturnType<typeof sql>): Promise<void> {
	const codes = await tx.many<{ code: string }>(wrong);
	if (codes.length)
		throw invalid({
			field: 'code',
			key,
			args: {
				n: codes.length,
				codes: codes
					.slice(0, 10)
					.map(({ code }) => code)
					.join(', '),
			},
		});
}
