import { foldName } from '#domains/territory/index.ts';
import { eachWithBreath } from '#platform/breath.ts';
import type { Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { cellOf, type Mapping, readUnit, type UnitLine, type ValueMap } from '../columns/index.ts';
import { type Line, type LineDoubt, type Plan, print, stateOf } from '../model.ts';
import { codeOf, type Draft, type InFile, type Place, placer, refuse } from './unit-places.ts';
import type { UnitFinder } from './units.ts';

/** A unit line once its place is known: what is written. */
export type PlacedUnit = UnitLine & {
	kindKey: string;
	codeKept: string;
	parentKept: string | null;
	zones: string[];
};

/** Kinds of unit, their order and which goes under which. */
export interface Kinds {
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

/** Reads every line of a list of units and finds its parent, in the file or in the tree. */
export async function judgeUnits(rows: readonly UnitRow[], context: UnitContext): Promise<Line[]> {
	const drafts = await eachWithBreath(rows, (row) => draft(row, context));
	const { units, kinds } = context;
	const written = ({ cells }: Draft) => cellOf(cells, context.mapping, 'kind');
	const place = placer({ units, kinds, inFile: indexOf(drafts), written });
	return eachWithBreath(drafts, (one) => finish(one, place(one), context));
}

/** A line as read from the file, with what is odd about its shape. */
export interface UnitRow {
	line: number;
	cells: string[];
	shape: string | null;
}

function draft({ line, cells, shape }: UnitRow, { mapping, kind }: UnitContext): Draft {
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

function indexOf(drafts: readonly Draft[]): InFile {
	const found: InFile = { codes: new Map(), names: new Map() };
	for (const one of drafts) {
		if (!one.value) continue;
		const [code, name] = [codeOf(one.value), foldName(one.value.name)];
		const first = found.codes.get(code.toLowerCase());
		if (first) {
			const field = one.value.code ? 'code' : 'name';
			refuse(one, { field, code: 'duplicate_unit', given: code, firstLine: first.line });
			continue;
		}
		found.codes.set(code.toLowerCase(), one);
		found.names.set(name, found.names.get(name) ?? one);
	}
	return found;
}

function finish(one: Draft, place: Place | null, context: UnitContext): Line {
	const { value, problems } = one;
	if (!place || !value) return { ...one, state: stateOf(problems) };
	const zones = zonesOf(value, problems, context);
	if (value.kind && value.kind !== place.kind)
		problems.push({
			field: 'kind',
			code: 'kind_kept',
			given: cellOf(one.cells, context.mapping, 'kind'),
			fix: null,
			otherwise: 'without',
		});
	const whole: PlacedUnit = {
		...value,
		kindKey: place.kind,
		codeKept: place.code,
		parentKept: place.parent,
		zones,
	};
	const marks = { key: print(`unit ${place.code.toLowerCase()}`), hash: print(JSON.stringify(whole)) };
	const top = Math.max(...context.kinds.depth.values());
	const rank = top - (context.kinds.depth.get(place.kind) ?? 0);
	return {
		...one,
		...marks,
		rank,
		value: whole,
		state: stateOf(problems),
		subject_id: place.existing,
		plan: planOf(place.existing, marks, context),
	};
}

function planOf(
	existing: string | null,
	{ key, hash }: { key: string; hash: string },
	{ memory }: UnitContext,
): Plan {
	if (!existing) return 'create';
	const before = memory.get(key);
	return before?.subject_id === existing && before.hash === hash ? 'same' : 'update';
}

function zonesOf({ communes }: UnitLine, problems: LineDoubt[], { zones }: UnitContext): string[] {
	const found = communes.map(
		(commune) => [commune, zones.get(commune) ?? zones.get(foldName(commune))] as const,
	);
	for (const [given, zone] of found)
		if (!zone)
			problems.push({ field: 'communes', code: 'commune_unknown', given, fix: null, otherwise: 'without' });
	return [...new Set(found.flatMap(([, zone]) => zone ?? []))];
}
