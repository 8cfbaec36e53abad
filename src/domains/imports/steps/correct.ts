import * as v from 'valibot';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { conflict, invalidField, notFound } from '#platform/errors.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { choicesOf, memberContext } from '../check/context.ts';
import { planMembers, readLines, writeLines } from '../check/lines.ts';
import { judgeMember } from '../check/member.ts';
import { readUnitLines } from '../check/run.ts';
import { type FileKind, type MemberLine, type UnitLine, withFixes } from '../columns/index.ts';
import {
	choiceField,
	columnsOf,
	hold,
	type Import,
	type Line,
	type LineDoubt,
	mappingOf,
	stateOf,
} from '../model.ts';
import { imports } from '../policy.ts';
import { remember } from './remember.ts';

const SIZE = 1_000;

/** Only its officer, only before it is launched. */
async function prepare(viewer: Viewer, id: string): Promise<Import> {
	return write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		await imports.guard(tx, viewer, 'prepare', id);
		const one = (await tx.one<Import>(
			sql`select ${columnsOf} from imports.import where import.id = ${id}::uuid`,
		))!;
		if (one.state !== 'checked')
			throw conflict(one.state === 'mapped' ? 'imports.still_reading' : 'imports.already_launched');
		return one;
	});
}

export const FixForm = v.object({
	code: v.pipe(v.string(), v.regex(/^[a-z_]{3,40}$/, 'imports.code_unknown')),
});

/** Accepts every correction proposed for one kind of problem; gives how many lines changed. Throws NotFound, Conflict. */
export async function fixAll(
	viewer: Viewer,
	id: string,
	{ code }: v.InferOutput<typeof FixForm>,
): Promise<number> {
	const one = await prepare(viewer, id);
	const isIt = (problem: LineDoubt) => problem.code === code && problem.fix !== null;
	const wanted = sql`line.problems @? (${`$[*] ? (@.code == "${code}" && @.fix != null)`})::jsonpath`;
	return eachBatch(one, wanted, {
		cells: (line) => withFixes(line.cells, mappingOf<FileKind>(one), line.problems.filter(isIt) as never),
	});
}

export const LineForm = v.object({
	line: v.pipe(v.string(), v.regex(/^\d{1,7}$/, 'imports.line_unknown'), v.transform(Number)),
	/** Which columns, and what each becomes, in the same order. */
	column: v.array(v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'imports.line_unknown'), v.transform(Number))),
	cells: v.array(v.pipe(v.string(), v.maxLength(1_000, 'imports.cell_long'))),
	skip: v.optional(v.literal('on')),
});

/** Corrects cells of one line in place, or leaves the line out. Throws NotFound, Conflict. */
export async function fixLine(
	viewer: Viewer,
	id: string,
	{ line, column, cells, skip }: v.InferOutput<typeof LineForm>,
): Promise<void> {
	const one = await prepare(viewer, id);
	const shown = new Set(shownColumns(one));
	const given = new Map(column.flatMap((at, place) => (shown.has(at) ? [[at, cells[place]] as const] : [])));
	const found = await eachBatch(one, sql`line.line = ${line}`, {
		cells: (row) => row.cells.map((cell, at) => given.get(at) ?? cell),
		skipped: skip === 'on',
	});
	if (!found) throw notFound();
}

/** The columns that are imported, in the order of the file: those that a line's form shows. */
export const shownColumns = (one: Pick<Import, 'mapping'>) =>
	Object.values(one.mapping ?? {}).toSorted((a, b) => a - b);

export const ValuesForm = v.object({
	key: v.array(v.pipe(v.string(), v.maxLength(60, 'imports.value_unknown'))),
});

/**
 * Says what each value of the column of choices becomes ('' not said, '-' nothing), remembers it, reads those lines again.
 * Throws NotFound, Conflict, Invalid for what the organisation does not have.
 */
export async function mapValues(
	viewer: Viewer,
	id: string,
	{ key }: v.InferOutput<typeof ValuesForm>,
): Promise<number> {
	const one = await prepare(viewer, id);
	await mustExist(one, key);
	one.choices = one.choices.map(({ key: _, ...choice }, at) => {
		const said = key[at];
		return said ? { ...choice, key: said === '-' ? null : said } : choice;
	});
	const field = choiceField[one.kind as FileKind];
	const said = one.choices.flatMap((choice) =>
		choice.key === undefined ? [] : [{ folded: choice.folded, meaning: choice.key }],
	);
	await asSystem('imports', async (tx) => {
		await mustWait(tx, id);
		await tx.run(
			sql`update imports.import set choices = ${JSON.stringify(one.choices)}::jsonb where id = ${id}::uuid`,
		);
		await remember(tx, one.kind, field, said);
	});
	return eachBatch(one, sql`true`, { cells: ({ cells }) => cells });
}

/** An unknown word would be read as no doubt at all, and its people would take the first kind of membership. */
async function mustExist(one: Import, keys: readonly string[]): Promise<void> {
	const choices = await asSystem('imports', (tx) => choicesOf(tx, one.kind));
	const known = new Set(['', '-', ...choices.map(({ key }) => key)]);
	const at = keys.findIndex((key) => !known.has(key));
	if (at >= 0) throw invalidField(`value-${at}`, 'imports.value_unknown');
}

interface Change {
	cells: (line: Line) => string[];
	/** Whether the lines are left out; as they were when it is not said. */
	skipped?: boolean;
}

/**
 * Reads again the lines that answer, with new cells; in short transactions, each refused once the import is launched.
 * Gives how many lines answered.
 */
async function eachBatch(one: Import, wanted: Sql, change: Change): Promise<number> {
	if (one.kind === 'units') return asSystem('imports', (tx) => rereadUnits(tx, one, wanted, change));
	const context = await asSystem('imports', (tx) => memberContext(tx, one, { watching: false }));
	let last = 0;
	let done = 0;
	for (let found = SIZE; found === SIZE; ) {
		found = await asSystem('imports', async (tx) => {
			await mustWait(tx, one.id);
			const lines = await readLines<MemberLine>(tx, one.id, sql`line.line > ${last} and ${wanted}`, SIZE);
			await leaveOut(tx, one, wanted, change);
			const judged = lines.map((line) =>
				keepRepeats(line, judgeMember(line.line, change.cells(line), shapeOf(line), context)),
			);
			await writeLines(tx, one, await planMembers(tx, context.units, judged));
			last = lines.at(-1)?.line ?? last;
			return lines.length;
		});
		done += found;
	}
	return done;
}

const shapes = new Set(['too_few_cells', 'too_many_cells', 'stray_quote']);
const shapeOf = ({ problems }: Line) => problems.find(({ code }) => shapes.has(code))?.code ?? null;

/** A line that repeated an earlier one still does, unless what they shared was corrected. */
function keepRepeats(before: Line<MemberLine>, after: Line<MemberLine>): Line<MemberLine> {
	const repeats = before.problems.filter(({ code }) => /^duplicate_|^shared_email$/.test(code));
	const still = repeats.filter(
		({ given }) => given === (after.value?.memberNumber ?? '') || given === (after.value?.email ?? ''),
	);
	if (!still.length) return after;
	const value =
		after.value && still.some(({ code }) => code === 'shared_email')
			? { ...after.value, email: null }
			: after.value;
	const problems = [...after.problems, ...still];
	return { ...after, value, problems, state: stateOf(problems) };
}

async function rereadUnits(tx: Tx, one: Import, wanted: Sql, change: Change): Promise<number> {
	await mustWait(tx, one.id);
	await leaveOut(tx, one, wanted, change);
	const hit = new Set((await readLines(tx, one.id, wanted)).map(({ line }) => line));
	const all = (await readLines<UnitLine>(tx, one.id)).toSorted((a, b) => a.line - b.line);
	const rows = all.map((line) => ({
		line: line.line,
		cells: hit.has(line.line) ? change.cells(line) : line.cells,
		shape: shapeOf(line),
	}));
	await writeLines(tx, one, await readUnitLines(tx, one, rows));
	return hit.size;
}

/** Left out in the transaction that holds the import: launched meanwhile, it would leave with a line that was never in its count. */
async function leaveOut(tx: Tx, { id }: Import, wanted: Sql, { skipped }: Change): Promise<void> {
	if (skipped === undefined) return;
	await tx.run(
		sql`update imports.line set skipped = ${skipped} where line.import_id = ${id}::uuid and ${wanted}`,
	);
}

async function mustWait(tx: Tx, id: string): Promise<void> {
	if ((await hold(tx, id))?.state !== 'checked') throw conflict('imports.already_launched');
}
