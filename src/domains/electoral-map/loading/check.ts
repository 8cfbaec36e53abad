import { buffer } from 'node:stream/consumers';
import { asSystem, type Tx } from '#platform/db.ts';
import { type Problem, Refusal } from '#platform/errors.ts';
import { store } from '#platform/files/keep.ts';
import { leaveBytes } from '#platform/files/leave.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Kind } from '../files/recognise.ts';
import { type FileReport, reportOf, writeRows } from '../import.ts';
import { alone } from '../store/alone.ts';
import { prepare } from '../store/prepare.ts';
import { beginSource, noteReport, type Prepared, switchTo } from '../store/sources.ts';
import { type Unit, unitsOfBytes } from '../store/units.ts';
import { columnsOf, dropSources, hold, type Sending } from './model.ts';

/**
 * Reads a file that was sent, whole, and writes its rows where nothing reads them yet. Taken up again after a stop, from
 * the start: what it had written is thrown away, and a reader that still lives stops at its next step, because the row
 * no longer says what it wrote. Ends with a report, a question or a refusal; changes nothing that the map shows. Runs as
 * the house.
 */
export async function checkSending(_system: 'house', id: string): Promise<void> {
	const one = await asSystem('map', alone(takeUp(id)));
	if (!one?.stored_id) return;
	const reading: Reading = { one, storedId: one.stored_id, written: [] };
	try {
		const { kind, units } = await unitsOfBytes(one.file_name, await buffer(await store().get(one.stored_id)));
		const reports: FileReport[] = [];
		for (const unit of units) {
			const report = await bring(reading, kind, unit);
			if (!report) return;
			reports.push(report);
		}
		await conclude(reading, { state: 'ready', kind, reports });
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		await conclude(reading, answerTo(one, error.problems));
	}
}

/** One reader's work: what it has written until now is what the row says, or another has taken the file up. */
interface Reading {
	one: Sending;
	storedId: string;
	written: string[];
}

const takeUp = (id: string) => async (tx: Tx) => {
	// Held before anything goes: it may become ready, with these very rows, while this one comes.
	if ((await hold(tx, id))?.state !== 'waiting') return undefined;
	await dropSources(tx, id);
	return tx.one<Sending>(sql`update electoral_map.sending set sources = '{}', done = 0, total = 0, beat_at = now()
		where sending.id = ${id}::uuid returning ${columnsOf}`);
};

/** Writes one thing of the file; null when the sending was thrown away, or taken up by another, meanwhile. */
async function bring(reading: Reading, kind: Kind, unit: Unit): Promise<FileReport | null> {
	const from = performance.now();
	const { one } = reading;
	const said = { vintage: one.vintage || undefined, election: one.election || undefined };
	const made = await prepare({ kind, ...said }, unit);
	const id = newId();
	if (
		!(await asSystem(
			'map',
			alone((tx) => begin(tx, reading, { id, kind, unit, made })),
		))
	)
		return null;
	reading.written.push(id);
	try {
		await writeRows(id, made, beating(one.id));
	} catch (error) {
		// Removed, or taken up again by another process: its source went away under the rows, and nothing is left to do.
		if (await asSystem('map', alone(isThere(id)))) throw error;
		return null;
	}
	const seconds = Math.round(performance.now() - from) / 1000;
	return rehearse({ id, kind, unit, made, seconds });
}

const isThere = (id: string) => async (tx: Tx) =>
	Boolean(await tx.one(sql`select 1 as found from electoral_map.source where source.id = ${id}::uuid`));

type Bringing = { id: string; kind: Kind; unit: Unit; made: Prepared };

/** The source and who it is for, in one transaction: a stop leaves nothing that nobody knows of. */
async function begin(
	tx: Tx,
	{ one, written }: Reading,
	{ id, kind, unit, made }: Bringing,
): Promise<boolean> {
	const found = await tx.one<{
		by: string | null;
	}>(sql`update electoral_map.sending set kind = ${kind}, total = total + ${made.rows},
		sources = sources || ${id}::uuid where sending.id = ${one.id}::uuid and sending.state = 'waiting' and sending.sources = ${written}::uuid[]
		returning by_id as by`);
	if (!found) return false;
	await beginSource(tx, { id, kind, byId: found.by, fileName: unit.name }, made);
	return true;
}

/** Notes how far it is, at most once a second: the page that follows reads it, and a silent one is taken up again. */
function beating(id: string): (done: number) => void {
	let last = 0;
	return (done) => {
		if (Date.now() - last < 1000) return;
		last = Date.now();
		const beat = alone((tx) =>
			tx.run(
				sql`update electoral_map.sending set done = ${done}, beat_at = now() where sending.id = ${id}::uuid`,
			),
		);
		// A beat that is lost costs nothing: the next one says more.
		asSystem('map', beat).catch((error: Error) => console.warn('map:', error.message));
	};
}

/** Carries a report out of a transaction that is undone. */
class Rehearsed extends Error {
	readonly report: FileReport;
	constructor(report: FileReport) {
		super('rehearsed');
		this.report = report;
	}
}

/** Puts the source in place, reads what that gives, and undoes it: the report is that of the very switch to come. */
async function rehearse(brought: Bringing & { seconds: number }): Promise<FileReport> {
	const report = await asSystem(
		'map',
		alone(async (tx): Promise<FileReport> => {
			await switchTo(tx, brought.id);
			throw new Rehearsed(await reportOf(tx, brought));
		}),
	).catch((error: unknown) => {
		if (error instanceof Rehearsed) return error.report;
		throw error;
	});
	await asSystem(
		'map',
		alone((tx) => noteReport(tx, brought.id, report, report.seconds)),
	);
	return report;
}

type Answer = Pick<Sending, 'state' | 'kind' | 'reports'> & { ask?: Sending['ask'] };

/** What the file does not say is asked; the rest is refused, with every reason. */
function answerTo(one: Sending, problems: Problem[]): Answer {
	const keys = problems.map(({ key }) => key);
	const reports = [refusedReport(one, problems)];
	if (keys.includes('electoral-map.vintage_needed'))
		return { ...one, state: 'asked', ask: 'vintage', reports };
	const isElection = keys.some((key) => electionUnsaid.includes(key));
	return isElection
		? { ...one, state: 'asked', ask: 'election', reports }
		: { ...one, state: 'refused', reports };
}

const electionUnsaid = [
	'electoral-map.election_needed',
	'electoral-map.problem_several_elections',
	'electoral-map.problem_election_absent',
];

const refusedReport = (
	{ file_name: file, kind, vintage, election }: Sending,
	problems: Problem[],
): FileReport => ({
	file,
	kind: kind ?? 'results',
	source: null,
	vintage,
	election: election || null,
	counts: {},
	join: null,
	remarks: [],
	problems,
	seconds: 0,
});

/** Says how it ended, unless another has taken it up. The bytes stay only while a question is open. */
async function conclude({ one: { id }, storedId, written }: Reading, { state, kind, reports, ask }: Answer) {
	const isOver = state !== 'asked';
	await asSystem(
		'map',
		alone(async (tx) => {
			const now = await hold(tx, id);
			if (now?.state !== 'waiting' || now.sources.join() !== written.join()) return;
			if (state !== 'ready') await dropSources(tx, id);
			await tx.run(sql`update electoral_map.sending set state = ${state}, kind = ${kind}, ask = ${ask ?? null},
				reports = ${JSON.stringify(reports)}::jsonb, tries = 0, beat_at = now(),
				sources = case when ${state} = 'ready' then sources else '{}' end,
				stored_id = case when ${isOver} then null else stored_id end where sending.id = ${id}::uuid`);
			if (isOver) leaveBytes(tx, [{ stored_id: storedId }]);
		}),
	);
}
