import { breath } from '#platform/breath.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import type { Row } from '#platform/table/index.ts';
import { type MemberLine, proposeValueMap, tallyValues } from '../columns/index.ts';
import {
	type ChoiceValue,
	choiceField,
	columnsOf,
	hold,
	type Import,
	type Line,
	planAnew,
} from '../model.ts';
import { pace } from '../pace.ts';
import { batches, keptBytes, openTable } from '../source.ts';
import { choicesOf, memberContext, namesOf, unitContext, usualNamesOf } from './context.ts';
import { planMembers, writeLines } from './lines.ts';
import { judgeMember } from './member.ts';
import { judgeUnits } from './unit-lines.ts';

/** Lines in one transaction: what is made of them in one go is short. */
const BATCH = 100;

/** Told of each batch: lines done, of how many. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads every line of a mapped file, with its problems and whom it is about. Repeatable: taken up again after a stop,
 * abandoned when somebody chose other columns meanwhile. Runs as the house.
 */
export async function checkLines(_system: 'house', id: string, progress: Progress = () => {}): Promise<void> {
	const one = await asSystem('imports', (tx) =>
		tx.one<Import>(sql`select ${columnsOf} from imports.import where import.id = ${id}::uuid`),
	);
	if (one?.state !== 'mapped' || !one.stored_id || one.kind === 'territory') return;
	const table = await openTable(await keptBytes(one.stored_id), one.kind);
	one.choices = await tally(one, table.rows);
	const rows = withoutForbidden(one, table.rows);
	const goes = one.kind === 'members' ? readMembers(one, rows) : readUnits(one, rows);
	const rest = pace();
	let done = 0;
	let written = 0;
	for await (const write of goes) {
		const isOurs = await asSystem('imports', async (tx) => {
			await planAnew(tx);
			const now = await hold(tx, id);
			if (now?.state !== 'mapped' || JSON.stringify(now.mapping) !== JSON.stringify(one.mapping))
				return false;
			written = await write(tx);
			done += written;
			await tx.run(
				sql`update imports.import set done = ${done}, beat_at = now(), choices = ${JSON.stringify(one.choices)}::jsonb where id = ${id}::uuid`,
			);
			return true;
		});
		if (!isOurs) return;
		progress(done, one.total);
		await rest(written);
	}
	await asSystem('imports', (tx) =>
		tx.run(sql`update imports.import set state = 'checked', beat_at = now() where id = ${id}::uuid and state = 'mapped'
		and mapping = ${JSON.stringify(one.mapping)}::jsonb`),
	);
}

/** What is never asked is not kept either: those cells are empty from here on. */
async function* withoutForbidden(
	{ columns }: Import,
	rows: AsyncIterable<Row>,
): AsyncGenerator<Row, undefined> {
	const never = new Set(columns.flatMap(({ column, reason }) => (reason.code === 'forbidden' ? column : [])));
	for await (const row of rows)
		yield never.size ? { ...row, cells: row.cells.map((cell, at) => (never.has(at) ? '' : cell)) } : row;
}

type Write = (tx: Tx) => Promise<number>;

async function* readMembers(one: Import, rows: AsyncIterable<Row>): AsyncGenerator<Write, undefined> {
	const context = await asSystem('imports', (tx) => memberContext(tx, one, { watching: true }));
	const breathe = breath();
	for await (const batch of batches(rows, BATCH)) {
		const lines: Line<MemberLine>[] = [];
		for (const { line, cells, problem } of batch) {
			lines.push(judgeMember(line, cells, problem?.code ?? null, context));
			await breathe();
		}
		yield async (tx) => {
			await writeLines(tx, one, await planMembers(tx, context.units, lines));
			return lines.length;
		};
	}
}

async function* readUnits(one: Import, rows: AsyncIterable<Row>): AsyncGenerator<Write, undefined> {
	const all: Row[] = [];
	for await (const row of rows) all.push(row);
	const lines = await asSystem('imports', (tx) =>
		readUnitLines(
			tx,
			one,
			all.map(({ line, cells, problem }) => ({ line, cells, shape: problem?.code ?? null })),
		),
	);
	for (let at = 0; at < lines.length; at += BATCH) {
		const batch = lines.slice(at, at + BATCH);
		yield async (tx) => {
			await writeLines(tx, one, batch);
			return batch.length;
		};
	}
}

/** Reads a whole list of units: parents may be anywhere in it. */
export const readUnitLines = async (
	tx: Tx,
	one: Import,
	rows: { line: number; cells: string[]; shape: string | null }[],
): Promise<Line[]> => judgeUnits(rows, await unitContext(tx, one, rows));

/** Counts the values of the column of choices, with what each becomes: what was said the last time, else the same word. */
async function tally(one: Import, rows: AsyncIterable<Row>): Promise<ChoiceValue[]> {
	const field = choiceField[one.kind as 'members'] as string;
	const column = one.mapping?.[field];
	if (column === undefined) return [];
	const values = tallyValues();
	const breathe = breath();
	for await (const { cells } of rows) {
		values.add(cells[column] ?? '');
		await breathe();
	}
	const { values: found } = values.list();
	return asSystem('imports', async (tx) => {
		const choices = await choicesOf(tx, one.kind);
		const keys = new Set(choices.map(({ key }) => key));
		const proposed = proposeValueMap(
			found,
			choices.map((choice) => ({
				key: choice.key,
				names:
					one.kind === 'members' ? [...usualNamesOf(choice, choices), ...namesOf(choice)] : namesOf(choice),
			})),
		);
		const said = new Map(
			(
				await tx.many<{ folded: string; meaning: string | null }>(sql`
			select folded, meaning from imports.remembered where kind = ${one.kind} and field = ${field}`)
			)
				// What a value became may have been closed or removed since.
				.filter(({ meaning }) => meaning === null || keys.has(meaning))
				.map((row) => [row.folded, row.meaning]),
		);
		return found.map((value) => {
			const key = said.has(value.folded) ? said.get(value.folded) : proposed[value.folded];
			return key === undefined ? value : { ...value, key };
		});
	});
}
