import { completeUnits, putUnits, type UnitRow, unitsBefore } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { PlacedUnit } from '../check/unit-lines.ts';
import type { Counts, Import, Line } from '../model.ts';
import { keepKnown, knownOf, rememberBefore, settleLines } from './changes.ts';

type UnitLine = Line<PlacedUnit> & { value: PlacedUnit };

/** Applies lines of units, one level of the tree at a time. Runs as the house, in the transaction of the batch. */
export async function applyUnits(tx: Tx, one: Import, lines: readonly Line<PlacedUnit>[]): Promise<Counts> {
	const same = lines.filter(({ plan }) => plan === 'same');
	const planned = lines.filter(
		(line): line is UnitLine => line.value !== null && line.plan !== null && line.plan !== 'same',
	);
	const todo = await stillOurs(tx, one, planned);
	const [known, made] = [
		todo.filter(({ subject_id }) => subject_id),
		todo.filter(({ subject_id }) => !subject_id),
	];
	await writeDown(
		tx,
		one,
		known.map(({ subject_id }) => subject_id!),
	);
	const idOf = await put(tx, one, todo);
	await rememberBefore(
		tx,
		one.id,
		'unit',
		made.map((line) => ({ id: idOf(line), before: null })),
	);
	const addressed = made.filter(({ value }) => value.email);
	await completeUnits(
		tx,
		addressed.map((line) => ({ id: idOf(line), code: null, email: line.value.email })),
	);
	await keepKnown(
		tx,
		'units',
		todo.map((line) => ({ key: line.key, hash: line.hash, subject_id: idOf(line) })),
	);
	const refused = lines.length - todo.length - same.length;
	await settle(tx, one, lines, todo, idOf);
	return { created: made.length, updated: known.length, same: same.length, refused };
}

async function settle(
	tx: Tx,
	one: Import,
	lines: readonly Line<PlacedUnit>[],
	todo: readonly UnitLine[],
	idOf: (line: UnitLine) => string,
): Promise<void> {
	const written = new Map(todo.map((line) => [line.line, line]));
	const outcomes = lines.map(({ line, plan, problems }) => {
		const done = written.get(line);
		if (done) return { line, outcome: done.subject_id ? 'updated' : 'created', subject_id: idOf(done) };
		return plan === 'same'
			? { line, outcome: 'same' }
			: { line, outcome: 'refused', problems: [...problems, moved] };
	});
	await settleLines(tx, one.id, outcomes);
}

const moved = { field: 'code', code: 'unit_elsewhere', given: '', fix: null, otherwise: 'refused' } as const;

/** The tree moved since the file was read: what is now outside the import's territory is nobody's to change from here. */
async function stillOurs(tx: Tx, one: Import, lines: readonly UnitLine[]): Promise<UnitLine[]> {
	const codes = lines.flatMap(({ value }) => [value.codeKept, value.parentKept ?? '']);
	const ids = lines.flatMap(({ subject_id }) => subject_id ?? []);
	const rows = await tx.many<{ id: string; code: string | null; ours: boolean }>(sql`
		select unit.id, unit.code, unit.ancestors @> array[${one.unit_id}::uuid] as ours from territory.unit
		where unit.code = any (${list(codes, 'text')}) or unit.id = any (${list(ids, 'uuid')})`);
	const byCode = new Map(rows.map((row) => [row.code, row]));
	const byId = new Map(rows.map((row) => [row.id, row]));
	return lines.flatMap((line) => {
		const now = (line.subject_id ? byId.get(line.subject_id) : undefined) ?? byCode.get(line.value.codeKept);
		const parent = byCode.get(line.value.parentKept);
		return now?.ours === false || parent?.ours === false ? [] : { ...line, subject_id: now?.id ?? null };
	});
}

async function writeDown(tx: Tx, one: Import, ids: readonly string[]): Promise<void> {
	const known = await knownOf(tx, ids);
	const rows = await unitsBefore(tx, ids);
	await rememberBefore(
		tx,
		one.id,
		'unit',
		rows.map(({ id, before }) => ({ id, before: { row: before, known: known.get(id) ?? [] } })),
	);
}

/** Writes the units; gives the id of each line's. */
async function put(tx: Tx, one: Import, lines: readonly UnitLine[]): Promise<(line: UnitLine) => string> {
	const codes = await parentCodes(tx, lines);
	const known = lines.filter(({ subject_id }) => subject_id);
	await completeUnits(
		tx,
		known.map(({ subject_id, value }) => ({ id: subject_id!, code: value.codeKept, email: value.email })),
	);
	const { ids } = await putUnits(
		tx,
		lines.map(({ value, subject_id }) =>
			rowOf(value, subject_id === one.unit_id ? one.unit_id : null, codes),
		),
	);
	return ({ subject_id, value }) => subject_id ?? ids.get(value.codeKept)!;
}

/** `own`: the import's own unit, which stays where it is; what is above it is not this officer's to move. */
function rowOf(value: PlacedUnit, own: string | null, codes: ReadonlyMap<string, string | null>): UnitRow {
	const { codeKept, kindKey, parentKept, zones, communes, name, website } = value;
	const parent = own ? codes.get(own) : parentKept?.startsWith('id:') ? codes.get(parentKept) : parentKept;
	return {
		code: codeKept,
		name,
		kind: kindKey,
		parent: parent ?? null,
		publicText: website ?? '',
		...(communes.length ? { zones } : {}),
	};
}

/** Codes of parents that had none: they get one, so that lists can name them. And the code above each unit that is there. */
async function parentCodes(tx: Tx, lines: readonly UnitLine[]): Promise<Map<string, string | null>> {
	const named = lines.flatMap(({ value }) =>
		value.parentKept?.startsWith('id:') ? value.parentKept.slice(3) : [],
	);
	const bare = [...new Set(named)];
	await completeUnits(
		tx,
		bare.map((id) => ({ id, code: `u-${id.slice(-12)}`, email: null })),
	);
	const ids = [...bare, ...lines.flatMap(({ subject_id }) => subject_id ?? [])];
	const rows = await tx.many<{ id: string; code: string; above: string | null }>(sql`
		select unit.id, unit.code, parent.code as above from territory.unit
		left join territory.unit as parent on parent.id = unit.parent_id where unit.id = any (${list(ids, 'uuid')})`);
	return new Map<string, string | null>(
		rows.flatMap(
			({ id, code, above }) =>
				[
					[`id:${id}`, code],
					[id, above],
				] as const,
		),
	);
}
