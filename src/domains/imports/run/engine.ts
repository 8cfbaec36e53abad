import { repairCounts } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { sql } from '#platform/sql.ts';
import { readLines } from '../check/lines.ts';
import type { Progress } from '../check/run.ts';
import type { PlacedUnit } from '../check/unit-lines.ts';
import { type UnitFinder, unitFinder } from '../check/units.ts';
import type { MemberLine } from '../columns/index.ts';
import { addCounts, type Counts, hold, type Import, planAnew } from '../model.ts';
import { pace } from '../pace.ts';
import { lapseAbsent } from './lapse.ts';
import { applyMembers } from './members.ts';
import { layNext } from './territory.ts';
import { undoNext } from './undo.ts';
import { applyUnits } from './units.ts';

/** Lines in one transaction: short enough that pages never wait for it. Units cost little each, and much a batch. */
const sizeFor = ({ kind }: Import) => (kind === 'members' ? 100 : 250);
const SAME = 400;

/** What a turn left: `wait` while an older import works, `more` to do, or `over`. */
type Turn = { left: 'wait' | 'more' | 'over'; done: number; total: number };

/** What is asked once per run: the tree of units, and down to which line those that say nothing new are settled; null for all. */
type Memory = { units?: UnitFinder; settledTo: number | null };

/**
 * Works on an import until it is over or another one goes first. Each batch is one transaction that writes lines and says so:
 * killed at any moment, it goes on where it was. Runs as the house. Gives false when it has to come back later.
 */
export async function work(_system: 'house', id: string, progress: Progress = () => {}): Promise<boolean> {
	const memory: Memory = { settledTo: 0 };
	const { language } = await house();
	const rest = pace();
	let before = 0;
	for (;;) {
		const turn = await asSystem('imports', (tx) => turnOf(tx, id, memory, language));
		if (turn.left === 'wait') return false;
		progress(turn.done, turn.total);
		if (turn.left === 'over') return true;
		await rest(Math.max(0, turn.done - before));
		before = turn.done;
	}
}

async function turnOf(tx: Tx, id: string, memory: Memory, language: 'fr' | 'en'): Promise<Turn> {
	await planAnew(tx);
	// One import at a time, in the order of their launch.
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('imports'), hashtext('turn'))`);
	const one = await hold(tx, id);
	if (one?.state !== 'running' && one?.state !== 'undoing')
		return { left: 'over', done: one?.done ?? 0, total: one?.total ?? 0 };
	const older =
		await tx.one(sql`select 1 as found from imports.import where import.state in ('running', 'undoing')
		and (import.started_at, import.id) < (${one.started_at}::timestamptz, ${id}::uuid)`);
	if (older) return { left: 'wait', done: one.done, total: one.total };
	const step =
		one.state === 'undoing'
			? await undoNext(tx, one, sizeFor(one))
			: await nextBatch(tx, one, memory, language);
	if (!step) return finish(tx, one);
	const done = one.done + step.done;
	const counts = addCounts(one.counts, step.counts);
	await tx.run(sql`update imports.import set done = ${done}, counts = ${JSON.stringify(counts)}::jsonb, beat_at = now(), tries = 0
		where id = ${id}::uuid`);
	return { left: 'more', done, total: one.total };
}

async function nextBatch(
	tx: Tx,
	one: Import,
	memory: Memory,
	language: 'fr' | 'en',
): Promise<{ done: number; counts: Counts } | null> {
	if (one.kind === 'territory') return layNext(tx, one);
	const settled = await settleSame(tx, one.id, memory);
	if (settled) return { done: settled, counts: { same: settled } };
	const todo = sql`line.applied_at is null and not line.skipped and line.value is not null`;
	const isUnits = one.kind === 'units';
	// Parents are written before what is below them.
	const rank = sql`line.rank = (select min(first.rank) from imports.line as first where first.import_id = ${one.id}::uuid and first.applied_at is null
		and not first.skipped and first.value is not null)`;
	const lines = await readLines<MemberLine & PlacedUnit>(
		tx,
		one.id,
		isUnits ? sql`${todo} and ${rank}` : todo,
		sizeFor(one),
	);
	if (!lines.length) return lapseNext(tx, one);
	if (isUnits) return { done: lines.length, counts: await applyUnits(tx, one, lines) };
	memory.units ??= await unitFinder(tx, one.unit_id);
	return { done: lines.length, counts: await applyMembers(tx, one, memory.units, lines, language) };
}

/**
 * What the last file said already is not even looked at again; gives how many such lines were settled. Goes down the lines by
 * their number: without it, PostgreSQL would look at them all for each batch, and knows nothing yet of how many there are.
 */
async function settleSame(tx: Tx, id: string, memory: Memory): Promise<number> {
	if (memory.settledTo === null) return 0;
	const same = sql`line.import_id = ${id}::uuid and line.line > ${memory.settledTo} and line.plan = 'same'
		and line.applied_at is null and not line.skipped`;
	const next = await tx.one<{ to: number | null }>(
		sql`select max(line) as to from (select line.line from imports.line where ${same} order by line.line limit ${SAME}) as next`,
	);
	memory.settledTo = next?.to ?? null;
	if (memory.settledTo === null) return 0;
	return tx.run(sql`
		update imports.line set applied_at = now(), outcome = 'same' where ${same} and line.line <= ${memory.settledTo}`);
}

async function lapseNext(tx: Tx, one: Import): Promise<{ done: number; counts: Counts } | null> {
	const lapsed = one.lapse && one.kind === 'members' ? await lapseAbsent(tx, one, sizeFor(one)) : 0;
	return lapsed ? { done: 0, counts: { lapsed } } : null;
}

async function finish(tx: Tx, one: Import): Promise<Turn> {
	// One statement over every attachment of the organisation: the largest need more than a page may take.
	await tx.run(sql`set local statement_timeout = '60s'`);
	await repairCounts(tx);
	const isUndo = one.state === 'undoing';
	const left = await tx.one<{
		refused: number;
		skipped: number;
	}>(sql`select count(*) filter (where not line.skipped)::int as refused,
		count(*) filter (where line.skipped)::int as skipped from imports.line where line.import_id = ${one.id}::uuid and line.applied_at is null`);
	const counts = isUndo ? one.counts : addCounts(one.counts, left!);
	await tx.run(sql`update imports.import set state = ${isUndo ? 'undone' : 'done'}, done = total, counts = ${JSON.stringify(counts)}::jsonb, beat_at = now(),
		finished_at = now(), undo_until = ${isUndo ? sql`null` : sql`now() + interval '7 days'`} where id = ${one.id}::uuid`);
	await record(tx, {
		actorId: isUndo ? one.undone_by : one.by_id,
		act: isUndo ? 'imports.undone' : 'imports.done',
		subject: 'import',
		subjectId: one.id,
		unitId: one.unit_id,
		detail: { kind: one.kind, ...counts },
	});
	return { left: 'over', done: one.total, total: one.total };
}
