import { completeUnits, putUnits, type UnitRow, unitsBefore } from '#domains/territory/index.ts';
import type { Tx } from '#platform/db.ts';
import { list, sql } from '#platform/sql.ts';
import type { PlacedUnit } from '../check/unit-lines.ts';
import type { Counts, Import, Line } from '../model.ts';
import { keepKnown, knownOf, rememberBefore, settleLines } from './changes.ts';

/** Applies lines of units, one level of the tree at a time. Runs as the house, in the transaction of the batch. */
export async function applyUnits(tx: Tx, one: Import, lines: readonly Line<PlacedUnit>[]): Promise<Counts> {
	const todo = lines.filter(({ plan, value }) => value && (plan === 'create' || plan === 'update'));
	const existing = todo.flatMap(({ subject_id }) => subject_id ?? []);
	const [before, known] = [
		new Map((await unitsBefore(tx, existing)).map(({ id, before }) => [id, before])),
		await knownOf(tx, existing),
	];
	await rememberBefore(
		tx,
		one.id,
		'unit',
		existing.map((id) => ({ id, before: { row: before.get(id) ?? {}, known: known.get(id) ?? [] } })),
	);
	const codes = await parentCodes(tx, todo, existing);
	await completeUnits(
		tx,
		todo.flatMap(({ subject_id, value }) =>
			subject_id ? [{ id: subject_id, code: value!.codeKept, email: value!.email }] : [],
		),
	);
	const { ids } = await putUnits(
		tx,
		todo.map(({ value, subject_id }) => rowOf(value!, one, subject_id, codes)),
	);
	const idOf = ({ subject_id, value }: Line<PlacedUnit>) => subject_id ?? ids.get(value!.codeKept)!;
	const made = todo.filter(({ subject_id }) => !subject_id);
	await rememberBefore(
		tx,
		one.id,
		'unit',
		made.map((line) => ({ id: idOf(line), before: null })),
	);
	await completeUnits(
		tx,
		made
			.filter(({ value }) => value!.email)
			.map((line) => ({ id: idOf(line), code: null, email: line.value!.email })),
	);
	await keepKnown(
		tx,
		'units',
		todo.map((line) => ({ key: line.key, hash: line.hash, subject_id: idOf(line) })),
	);
	const same = lines.filter(({ plan }) => plan === 'same');
	const outcomeOf = (line: Line<PlacedUnit>) =>
		line.plan === 'same' ? 'same' : !line.value ? 'refused' : line.subject_id ? 'updated' : 'created';
	await settleLines(
		tx,
		one.id,
		lines.map((line) => ({
			line: line.line,
			outcome: outcomeOf(line),
			subject_id: line.value && line.plan !== 'same' ? idOf(line) : line.subject_id,
		})),
	);
	return {
		created: made.length,
		updated: existing.length,
		same: same.length,
		refused: lines.length - todo.length - same.length,
	};
}

const rowOf = (
	value: PlacedUnit,
	one: Import,
	id: string | null,
	codes: ReadonlyMap<string, string | null>,
): UnitRow => ({
	code: value.codeKept,
	name: value.name,
	kind: value.kindKey,
	// The import's own unit stays where it is: what is above it is not this officer's to move.
	parent:
		id === one.unit_id
			? (codes.get(one.unit_id) ?? null)
			: value.parentKept?.startsWith('id:')
				? (codes.get(value.parentKept) ?? null)
				: value.parentKept,
	...(value.communes.length ? { zones: value.zones } : {}),
	publicText: value.website ?? '',
});

/** Codes of parents that had none: they get one, so that lists can name them. And the code above the import's own unit. */
async function parentCodes(
	tx: Tx,
	lines: readonly Line<PlacedUnit>[],
	existing: string[],
): Promise<Map<string, string | null>> {
	const bare = new Set(
		lines.flatMap(({ value }) => (value!.parentKept?.startsWith('id:') ? value!.parentKept.slice(3) : [])),
	);
	await completeUnits(
		tx,
		[...bare].map((id) => ({ id, code: `u-${id.slice(-12)}`, email: null })),
	);
	const rows = await tx.many<{ id: string; code: string; above: string | null }>(sql`
		select unit.id, unit.code, parent.code as above from territory.unit left join territory.unit as parent on parent.id = unit.parent_id
		where unit.id = any (${list([...bare, ...existing], 'uuid')})`);
	return new Map<string, string | null>([
		...rows.map(({ id, code }) => [`id:${id}`, code] as const),
		...rows.map(({ id, above }) => [id, above] as const),
	]);
}
