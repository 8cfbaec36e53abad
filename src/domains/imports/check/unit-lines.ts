import { foldName } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type Mapping, readUnit, type UnitLine, type ValueMap } from '../columns/index.ts';
import { type Line, type LineDoubt, print, stateOf } from '../model.ts';
import type { UnitFinder } from './units.ts';

/** A unit line once its place is known: what is written. */
export type PlacedUnit = UnitLine & {
	kindKey: string;
	codeKept: string;
	parentKept: string | null;
	zones: string[];
};

interface Kinds {
	depth: Map<string, number>;
	/** "parent child" of kinds that fit. */
	fits: Set<string>;
	below: Map<string, string[]>;
}

/** Kinds of unit, their order and which goes under which. */
export async function kindsOf(tx: Tx): Promise<Kinds> {
	const rows = await tx.many<{ key: string; depth: number; below: string[] }>(sql`
		select unit_kind.key, unit_kind.depth, array(select child.key from territory.unit_kind_child
			join territory.unit_kind as child on child.id = unit_kind_child.child_id where unit_kind_child.parent_id = unit_kind.id) as below from territory.unit_kind`);
	return {
		depth: new Map(rows.map(({ key, depth }) => [key, depth])),
		fits: new Set(rows.flatMap(({ key, below }) => below.map((child) => `${key} ${child}`))),
		below: new Map(rows.map(({ key, below }) => [key, below])),
	};
}

export interface UnitContext {
	mapping: Mapping<'units'>;
	kind: ValueMap;
	units: UnitFinder;
	kinds: Kinds;
	/** Zone ids by INSEE code and by folded name, of the communes that the file names. */
	zones: ReadonlyMap<string, string>;
	memory: ReadonlyMap<string, { subject_id: string; hash: string }>;
}

type Draft = Line<UnitLine> & { value: UnitLine | null };

/** Reads every line of a list of units and finds its parent, in the file or in the tree. */
export function judgeUnits(
	rows: readonly { line: number; cells: string[]; shape: string | null }[],
	context: UnitContext,
): Line[] {
	const drafts = rows.map((row) => draft(row, context));
	const inFile = { codes: new Map<string, Draft>(), names: new Map<string, Draft>() };
	for (const one of drafts) {
		if (!one.value) continue;
		const key = codeOf(one.value).toLowerCase();
		if (inFile.codes.has(key))
			refuse(one, {
				field: one.value.code ? 'code' : 'name',
				code: 'duplicate_unit',
				given: codeOf(one.value),
				firstLine: inFile.codes.get(key)!.line,
			});
		else inFile.codes.set(key, one);
		if (one.value && !inFile.names.has(foldName(one.value.name)))
			inFile.names.set(foldName(one.value.name), one);
	}
	const place = placer(context, inFile);
	return drafts.map((one) => finish(one, place, context));
}

const codeOf = ({ code, name }: UnitLine) => code ?? foldName(name).replaceAll(' ', '-');

function draft(
	{ line, cells, shape }: { line: number; cells: string[]; shape: string | null },
	{ mapping, kind }: UnitContext,
): Draft {
	const reading = readUnit(cells, mapping, { kind });
	const value = reading.ok ? reading.value : reading.otherwise;
	const problems: LineDoubt[] = reading.ok ? [] : [...reading.problems];
	if (shape) problems.push({ field: '', code: shape, given: '', fix: null, otherwise: 'as_written' });
	return {
		line,
		cells,
		value,
		problems,
		state: 'ready',
		unit_id: null,
		subject_id: null,
		plan: null,
		key: null,
		hash: null,
		rank: 0,
	};
}

function refuse(one: Draft, problem: Omit<LineDoubt, 'fix' | 'otherwise'>): void {
	one.problems.push({ fix: null, otherwise: 'refused', ...problem });
	one.value = null;
}

interface Place {
	kind: string;
	parent: string | null;
	existing: string | null;
	code: string;
}

type Placer = (one: Draft, seen?: Set<Draft>) => Place | null;

/** Finds, once per line, its kind and its parent; a parent that is refused refuses what is below. */
function placer(
	{ units, kinds }: UnitContext,
	inFile: { codes: Map<string, Draft>; names: Map<string, Draft> },
): Placer {
	const known = new Map<Draft, Place | null>();
	const place: Placer = (one, seen = new Set()) => {
		if (known.has(one)) return known.get(one)!;
		if (seen.has(one)) {
			refuse(one, { field: 'parentCode', code: 'parent_circle', given: '' });
			return null;
		}
		seen.add(one);
		const found = one.value && find(one, one.value, seen);
		known.set(one, found);
		return found;
	};
	const find = (one: Draft, value: UnitLine, seen: Set<Draft>): Place | null => {
		const named = value.code ? units.byCode(value.code) : undefined;
		const byName = named ?? units.byName(value.name);
		// Another unit of that name with its own code is another unit.
		const existing =
			byName && byName !== 'ambiguous' && (named || !value.code || !byName.code) ? byName : undefined;
		const no = (field: string, code: string, given: string) => (refuse(one, { field, code, given }), null);
		if (existing && !existing.inScope)
			return no(value.code ? 'code' : 'name', 'unit_elsewhere', value.code ?? value.name);
		const code = existing?.code ?? codeOf(value);
		if (existing?.id === units.scope.id)
			return { kind: existing.kind, parent: null, existing: existing.id, code };
		const told = value.parentCode ?? value.parentName;
		const above = told
			? (inFile.codes.get(told.toLowerCase()) ?? inFile.names.get(foldName(told)))
			: undefined;
		const aboveKind = above && above !== one ? place(above, seen)?.kind : undefined;
		const standing =
			told && !above
				? (units.byCode(told) ?? units.byName(told))
				: !told
					? existing?.parentId
						? units.byId(existing.parentId)
						: units.scope
					: undefined;
		if (!above && (!standing || standing === 'ambiguous'))
			return no('parentCode', 'parent_unknown', told ?? '');
		if (above && !aboveKind) return no('parentCode', 'parent_refused', told ?? '');
		const parent = standing === 'ambiguous' ? undefined : standing;
		if (parent && !parent.inScope) return no('parentCode', 'parent_elsewhere', told ?? parent.name);
		const parentKind = aboveKind ?? parent!.kind;
		const kind = existing?.kind ?? value.kind ?? onlyOne(kinds.below.get(parentKind));
		if (!kind || !kinds.fits.has(`${parentKind} ${kind}`))
			return no('kind', kind ? 'kind_misplaced' : 'kind_missing', value.kind ?? '');
		return {
			kind,
			parent: above ? (known.get(above)?.code ?? null) : (parent!.code ?? `id:${parent!.id}`),
			existing: existing?.id ?? null,
			code,
		};
	};
	return place;
}

const onlyOne = (keys: string[] | undefined) => (keys?.length === 1 ? keys[0] : undefined);

function finish(one: Draft, place: Placer, { kinds, zones, memory }: UnitContext): Line {
	const placed = place(one);
	const value = one.value;
	if (!placed || !value) return { ...one, state: stateOf(one.problems) };
	if (value.kind && value.kind !== placed.kind)
		one.problems.push({
			field: 'kind',
			code: 'kind_kept',
			given: value.kind,
			fix: null,
			otherwise: 'without',
		});
	const covered = value.communes.map(
		(commune) => [commune, zones.get(commune) ?? zones.get(foldName(commune))] as const,
	);
	for (const [commune, zone] of covered)
		if (!zone)
			one.problems.push({
				field: 'communes',
				code: 'commune_unknown',
				given: commune,
				fix: null,
				otherwise: 'without',
			});
	const whole: PlacedUnit = {
		...value,
		kindKey: placed.kind,
		codeKept: placed.code,
		parentKept: placed.parent,
		zones: [...new Set(covered.flatMap(([, zone]) => zone ?? []))],
	};
	const key = print(`unit ${placed.code.toLowerCase()}`);
	const hash = print(JSON.stringify(whole));
	const before = memory.get(key);
	const plan = !placed.existing
		? 'create'
		: before?.subject_id === placed.existing && before.hash === hash
			? 'same'
			: 'update';
	const top = Math.max(...kinds.depth.values());
	return {
		...one,
		value: whole,
		state: stateOf(one.problems),
		subject_id: placed.existing,
		plan,
		key,
		hash,
		rank: top - (kinds.depth.get(placed.kind) ?? 0),
	};
}
