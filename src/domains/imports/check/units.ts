import { foldName } from '#domains/territory/index.ts';
import { breath } from '#platform/breath.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';

/** A unit as lines may name it. */
export interface KnownUnit {
	id: string;
	code: string | null;
	name: string;
	kind: string;
	kindId: string;
	parentId: string | null;
	inScope: boolean;
	leaf: boolean;
}

interface Row extends KnownUnit {
	nouns: Record<string, string>;
	communes: { code: string; name: string; postcodes: string[] }[];
}

const codeKey = (code: string) => code.trim().toLowerCase();

/** An index in which a name that two things share answers `ambiguous`. */
function index<T extends { id: string }>() {
	const found = new Map<string, T | 'ambiguous'>();
	return {
		add(key: string, one: T) {
			const there = found.get(key);
			if (!there) found.set(key, one);
			else if (there !== 'ambiguous' && there.id !== one.id) found.set(key, 'ambiguous');
		},
		get: (key: string) => found.get(key),
	};
}

/** Finds units by code, name ("Section de Villebrume", "Villebrume") or commune, those of the import's scope first. */
export type UnitFinder = Awaited<ReturnType<typeof unitFinder>>;

/** Reads the open units once for a whole file. */
export async function unitFinder(tx: Tx, scopeId: string) {
	const rows = await tx.many<Row>(sql`
		select unit.id, unit.code, unit.name, unit_kind.key as kind, unit.kind_id as "kindId", unit.parent_id as "parentId", unit.ancestors @> array[${scopeId}::uuid] as "inScope",
			not exists (select from territory.unit as below where below.parent_id = unit.id and below.closed_at is null) as leaf,
			unit_kind.name->'fr' as nouns,
			coalesce((select jsonb_agg(jsonb_build_object('code', zone.code, 'name', zone.name, 'postcodes', zone.postcodes))
				from territory.coverage join territory.zone on zone.id = coverage.zone_id
				where coverage.unit_id = unit.id and zone.kind in ('commune', 'municipal_arrondissement')), '[]') as communes
		from territory.unit join territory.unit_kind on unit_kind.id = unit.kind_id where unit.closed_at is null`);
	const codes = new Map(rows.flatMap((row) => (row.code ? [[codeKey(row.code), row as KnownUnit]] : [])));
	const near = await namesOf(rows.filter(({ inScope }) => inScope));
	const far = await namesOf(rows.filter(({ inScope }) => !inScope));
	const ids = new Map(rows.map((row) => [row.id, row as KnownUnit]));
	return {
		scope: ids.get(scopeId)!,
		byId: (id: string) => ids.get(id),
		byCode: (code: string) => codes.get(codeKey(code)),
		/** By full name, or without the word for its kind. */
		byName: (name: string) => near.name(name) ?? far.name(name),
		byCommune: (code: string | null, name: string | null, postcode: string | null) =>
			near.commune(code, name, postcode) ?? far.commune(code, name, postcode),
	};
}

async function namesOf(rows: readonly Row[]) {
	const breathe = breath();
	const names = index<KnownUnit>();
	const communes = index<KnownUnit>();
	for (const row of rows) {
		await breathe();
		names.add(foldName(row.name), row);
		names.add(bare(row.name, row.nouns), row);
		for (const { code, name, postcodes } of row.communes) {
			communes.add(code, row);
			communes.add(foldName(name), row);
			for (const postcode of postcodes) {
				communes.add(`${foldName(name)} ${postcode}`, row);
				communes.add(postcode, row);
			}
		}
	}
	return {
		name: (name: string) => names.get(foldName(name)),
		commune: (code: string | null, name: string | null, postcode: string | null) => {
			const keys = [
				code,
				name && postcode && `${foldName(name)} ${postcode}`,
				name && foldName(name),
				!name && postcode,
			];
			return keys.map((key) => (key ? communes.get(key) : undefined)).find(Boolean);
		},
	};
}

/** "Section de l’Île" is "ile" for who writes a file. */
function bare(name: string, nouns: Record<string, string>): string {
	const folded = foldName(name);
	const word = [...new Set(Object.values(nouns).map(foldName))].find(
		(noun) => noun && folded.startsWith(`${noun} `),
	);
	return word ? folded.slice(word.length + 1).replace(/^(de la|de l|des|du|de|d) /, '') : folded;
}
