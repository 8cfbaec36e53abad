import { foldName } from '#domains/territory/index.ts';
import type { UnitLine } from '../columns/index.ts';
import type { Line, LineDoubt } from '../model.ts';
import type { Kinds } from './unit-lines.ts';
import type { KnownUnit, UnitFinder } from './units.ts';

export type Draft = Line<UnitLine>;
type Refusal = Pick<LineDoubt, 'field' | 'code' | 'given'>;

/** Where a unit of a file stands. */
export interface Place {
	kind: string;
	code: string;
	/** Code of its parent, `id:…` for one that has none yet; null for the import's own unit. */
	parent: string | null;
	/** The unit it already is. */
	existing: string | null;
}

/** The lines of a file, by what others call their parent. */
export interface InFile {
	codes: Map<string, Draft>;
	names: Map<string, Draft>;
}

interface World {
	units: UnitFinder;
	kinds: Kinds;
	inFile: InFile;
	/** What a line says of its kind, as written: the house's keys are nobody's words. */
	written(one: Draft): string;
	/** The place of a line above, found first. */
	placeOf(one: Draft): Place | null;
}

/** The code of a line that has none is made of its name. */
export const codeOf = ({ code, name }: UnitLine) => code ?? foldName(name).replaceAll(' ', '-');

/** Leaves a line out, and says why. */
export function refuse(one: Draft, problem: Omit<LineDoubt, 'fix' | 'otherwise'>): null {
	one.problems.push({ fix: null, otherwise: 'refused', ...problem });
	one.value = null;
	return null;
}

/** Finds, once per line, its kind and its parent; a parent that is refused refuses what is below. */
export function placer(given: Omit<World, 'placeOf'>): (one: Draft) => Place | null {
	const known = new Map<Draft, Place | null>();
	const open = new Set<Draft>();
	const placeOf = (one: Draft): Place | null => {
		const found = known.get(one);
		if (found !== undefined) return found;
		if (open.has(one)) return refuse(one, { field: 'parentCode', code: 'parent_circle', given: '' });
		open.add(one);
		const place = one.value ? find(one, one.value, { ...given, placeOf }) : null;
		known.set(one, place);
		return place;
	};
	return placeOf;
}

function find(one: Draft, value: UnitLine, world: World): Place | null {
	const existing = existingFor(value, world.units);
	const place = { code: existing?.code ?? codeOf(value), existing: existing?.id ?? null };
	if (existing && !existing.inScope) return refuse(one, elsewhere(value));
	if (existing?.id === world.units.scope.id) return { ...place, kind: existing.kind, parent: null };
	const above = parentFor(one, value, existing, world);
	if ('field' in above) return refuse(one, above);
	const kind = existing?.kind ?? kindUnder(above.kind, value, world.kinds);
	if (world.kinds.fits.has(`${above.kind} ${kind}`)) return { ...place, kind, parent: above.code };
	const code = kind ? 'kind_misplaced' : 'kind_missing';
	return refuse(one, { field: 'kind', code, given: world.written(one) });
}

const elsewhere = ({ code, name }: UnitLine): Refusal => ({
	field: code ? 'code' : 'name',
	code: 'unit_elsewhere',
	given: code ?? name,
});

/** What the line says, else the only kind that goes there. */
function kindUnder(parent: string, { kind }: UnitLine, { below }: Kinds): string {
	const possible = below.get(parent) ?? [];
	return kind ?? (possible.length === 1 ? possible[0]! : '');
}

/** The unit a line is about: by its code, else by its name. Another code is another unit. */
function existingFor({ code, name }: UnitLine, units: UnitFinder): KnownUnit | undefined {
	const coded = code ? units.byCode(code) : undefined;
	if (coded) return coded;
	const named = units.byName(name);
	if (!named || named === 'ambiguous') return undefined;
	return code && named.code ? undefined : named;
}

type Above = { kind: string; code: string };

/** What a line hangs on: a line of the file, a unit of the tree, or the import's own unit when it says nothing. */
function parentFor(
	one: Draft,
	{ parentCode, parentName }: UnitLine,
	existing: KnownUnit | undefined,
	world: World,
): Above | Refusal {
	const told = parentCode ?? parentName;
	const no = (code: string): Refusal => ({ field: 'parentCode', code, given: told ?? '' });
	const line = told ? lineNamed(told, world.inFile) : undefined;
	if (line && line !== one) return world.placeOf(line) ?? no('parent_refused');
	const standing = told ? unitNamed(told, world.units) : presentParent(existing, world.units);
	if (!standing) return no('parent_unknown');
	return standing.inScope
		? { kind: standing.kind, code: standing.code ?? `id:${standing.id}` }
		: no('parent_elsewhere');
}

function unitNamed(told: string, units: UnitFinder): KnownUnit | undefined {
	const found = units.byCode(told) ?? units.byName(told);
	return found === 'ambiguous' ? undefined : found;
}

const lineNamed = (told: string, { codes, names }: InFile) =>
	codes.get(told.toLowerCase()) ?? names.get(foldName(told));
const presentParent = (existing: KnownUnit | undefined, units: UnitFinder) =>
	existing?.parentId ? units.byId(existing.parentId) : units.scope;
