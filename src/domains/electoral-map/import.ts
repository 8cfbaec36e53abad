import { asSystem, type Tx } from '#platform/db.ts';
import { type Problem, Refusal } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Kind } from './files/recognise.ts';
import type { Remark } from './model.ts';
import { type Progress, ticking } from './progress.ts';
import { alone } from './store/alone.ts';
import { type Join, joinOfBase, joinOfElection } from './store/joins.ts';
import { prepare } from './store/prepare.ts';
import {
	beginSource,
	dropLeftovers,
	dropSource,
	noteRefusal,
	noteReport,
	type Prepared,
	switchTo,
} from './store/sources.ts';
import { type Unit, unitsOf } from './store/units.ts';

/** What is loaded, and what the person says of it. */
export interface Loading {
	kind: Kind;
	paths: string[];
	/** Of outlines, addresses, IRIS; for results, the outlines they were counted on. Found in the file's name when not said. */
	vintage?: string | undefined;
	/** `2017_pres_t1`. */
	election?: string | undefined;
	/** Told once a second. */
	onProgress?: ((progress: Progress) => void) | undefined;
}

/** What became of one file. */
export interface FileReport {
	file: string;
	kind: Kind;
	/** The version that is current from now on; null when the file was refused. */
	source: string | null;
	vintage: string;
	election: string | null;
	counts: Record<string, number>;
	join: Join | null;
	/** What a person should know; the file was taken. */
	remarks: Remark[];
	/** What kept the file out. */
	problems: Problem[];
	seconds: number;
}

/**
 * Loads files, one after the other. Each is recognised, read whole and checked before anything is written; its rows are
 * written apart, and it replaces what was current in one switch. A file that is refused changes nothing, says why, and
 * lets the next ones in. Estimates follow by `refresh`.
 */
export async function importFiles(viewer: Viewer | null, asked: Loading): Promise<FileReport[]> {
	const ticker = ticking(asked.onProgress);
	try {
		await asSystem('map', alone(dropLeftovers));
		const reports: FileReport[] = [];
		for await (const unit of unitsOf(asked)) {
			ticker.say({ file: unit.name, step: 'reading', done: 0, total: 0 });
			reports.push(await loadOne(viewer, asked, unit, ticker.say));
		}
		return reports;
	} finally {
		ticker.stop();
	}
}

type Say = (progress: Progress) => void;

async function loadOne(viewer: Viewer | null, asked: Loading, unit: Unit, say: Say): Promise<FileReport> {
	const from = performance.now();
	const seconds = () => Math.round(performance.now() - from) / 1000;
	const beginning = { id: newId(), kind: asked.kind, byId: viewer?.id ?? null, fileName: unit.name };
	try {
		if (unit.refusal) throw unit.refusal;
		const made = await prepare(asked, unit);
		await asSystem(
			'map',
			alone((tx) => beginSource(tx, beginning, made)),
		);
		await writeRows(beginning.id, made, (done) =>
			say({ file: unit.name, step: 'writing', done, total: made.rows }),
		).catch(async (error) => {
			await asSystem(
				'map',
				alone((tx) => dropSource(tx, beginning.id)),
			);
			throw error;
		});
		return await conclude(beginning.id, asked.kind, unit, made, seconds);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		const report = refused(asked, unit.name, error.problems, seconds());
		await asSystem(
			'map',
			alone((tx) => noteRefusal(tx, beginning, report)),
		);
		return report;
	}
}

/** Enough to be quick, and under the minute of a statement on a slow machine. */
const BATCH = 2000;

/** Rows go in by parts: nobody reads them before the switch, and no lock is held for long. */
export async function writeRows(id: string, made: Prepared, say: (done: number) => void): Promise<void> {
	for (let at = 0; at < made.rows; at += BATCH) {
		await asSystem(
			'map',
			alone((tx) => made.write(tx, id, at, Math.min(at + BATCH, made.rows))),
		);
		say(at);
	}
}

function conclude(id: string, kind: Kind, unit: Unit, made: Prepared, seconds: () => number) {
	return asSystem(
		'map',
		alone(async (tx): Promise<FileReport> => {
			await switchTo(tx, id);
			const report = await reportOf(tx, { id, kind, unit, made, seconds: seconds() });
			await noteReport(tx, id, report, report.seconds);
			return report;
		}),
	);
}

/** What is to be read about a source that is current now. */
export async function reportOf(
	tx: Tx,
	{ id, kind, unit, made, seconds }: { id: string; kind: Kind; unit: Unit; made: Prepared; seconds: number },
): Promise<FileReport> {
	const join = await joinOf(tx, id, kind, made);
	return {
		file: unit.name,
		kind,
		source: id,
		vintage: made.vintage,
		election: made.election,
		counts: made.counts,
		join,
		remarks: [...unit.remarks, ...made.remarks, ...mismatch(made, join)],
		problems: [],
		seconds,
	};
}

async function joinOf(tx: Tx, id: string, kind: Kind, { election, vintage }: Prepared): Promise<Join | null> {
	if (kind === 'census') return joinOfBase(tx, id);
	return kind === 'results' && election
		? joinOfElection(tx, { election, vintage: vintage || undefined, source: id })
		: null;
}

/** Stations without ground, and outlines of another year: a number stays when its ground changes. */
function mismatch({ election }: Prepared, join: Join | null): Remark[] {
	if (!join || !election) return [];
	const { vintage, stations } = join;
	const count = stations - join.joined;
	const isOfYear = vintage.slice(0, 4) === election.slice(0, 4);
	return [
		...(count ? [{ key: 'electoral-map.remark_without_ground', args: { vintage, count, stations } }] : []),
		...(isOfYear ? [] : [{ key: 'electoral-map.remark_other_vintage', args: { vintage, election } }]),
	];
}

function refused(asked: Loading, file: string, problems: Problem[], seconds: number): FileReport {
	const { kind, vintage = '', election } = asked;
	const nothing = { source: null, counts: {}, join: null, remarks: [] };
	return { ...nothing, file, kind, vintage, election: election ?? null, problems, seconds };
}
