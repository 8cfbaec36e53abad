// CSV to live units and members: how long, how often progress is said, and how long a page's query waits meanwhile.
import { fork } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImportReport, importFile } from '#domains/imports/index.ts';
import { usual } from '#domains/territory/blueprint.ts';
import { layStructure } from '#domains/territory/found.ts';
import { asSystem } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import type { Measured, Options } from './index.ts';
import { quantile, rounded } from './load.ts';
import { withDatabase } from './scene.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz';
const word = (n: number) =>
	[n % 26, Math.floor(n / 26) % 26, Math.floor(n / 676) % 26].map((at) => letters[at]).join('');

/** A list of units: federations, then their sections. */
function unitsFile(sections: number): string {
	const federations = Math.max(1, Math.round(sections / 40));
	const lines = Array.from({ length: federations }, (_, i) => `F${i};Fédération ${word(i)};fédération;N`);
	for (let i = 0; i < sections - federations; i++)
		lines.push(`S${i};Section de ${word(i)} ${i};section;F${i % federations}`);
	return `Code;Nom;Type;Code parent\r\n${lines.join('\r\n')}\r\n`;
}

/** A list of members, with what files have: accents, empty phones, a civility. */
function membersFile(members: number, sections: number, paidUntil: string): string {
	const lines = Array.from(
		{ length: members },
		(_, i) =>
			`Mme;A${i};Dupré ${word(i)};${i % 2 ? 'Zoé' : 'Noël'};p${i}@courrier.example;${i % 3 ? `06 39 98 ${String(i % 100).padStart(2, '0')} ${String(Math.floor(i / 100) % 100).padStart(2, '0')}` : ''};S${i % sections};12/03/2019;${i % 100 ? '31/12/2027' : paidUntil}`,
	);
	return `Civilité;Matricule;Nom;Prénom;E-mail;Téléphone;Code section;Date d'adhésion;À jour jusqu'au\r\n${lines.join('\r\n')}\r\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'coopol-bench-import-'));
process.env.COOPOL_FILES = folder;

function kept(name: string, text: string): string {
	const path = join(folder, name);
	writeFileSync(path, text, 'latin1');
	return path;
}

interface Timed {
	report: ImportReport;
	/** Longest silence between two words of progress, in seconds. */
	silence: number;
}

type Importing = (kind: 'units' | 'members', path: string, onProgress: () => void) => Promise<ImportReport>;

/** In the process that answers, as `ROLE=all` does. */
const here: Importing = (kind, path, onProgress) => importFile(null, { kind, path, onProgress });

/** In a process of its own, which gives way, as `ROLE=worker` beside a `ROLE=web` does; gives how to stop it too. */
function apart(): { importing: Importing; stop: () => void } {
	const child = fork(join(import.meta.dirname, 'importer.ts'), {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	const importing: Importing = (kind, path, onProgress) =>
		new Promise((resolve, reject) => {
			const hear = (heard: { report?: ImportReport }) => {
				if (!heard.report) return onProgress();
				child.off('message', hear);
				resolve(heard.report);
			};
			child.on('message', hear).once('exit', () => reject(new Error('the importing process stopped')));
			child.send({ kind, path });
		});
	return { importing, stop: () => child.disconnect() };
}

async function timed(importing: Importing, kind: 'units' | 'members', path: string): Promise<Timed> {
	let last = performance.now();
	let silence = 0;
	const report = await importing(kind, path, () => {
		silence = Math.max(silence, performance.now() - last);
		last = performance.now();
	});
	return { report, silence: silence / 1000 };
}

/** How long pages wait: one query after another, as a reader would, until told to stop. Gives milliseconds, each. */
function reader() {
	const times: number[] = [];
	let going = true;
	const reading = (async () => {
		while (going) {
			const start = performance.now();
			await asSystem('bench', (tx) =>
				tx.many(
					sql`select unit.id, unit.name, unit.member_count from territory.unit order by unit.folded_name limit 30`,
				),
			);
			times.push(performance.now() - start);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	})();
	return async () => {
		going = false;
		await reading;
		return times;
	};
}

/** What a reader waits while nothing else is done: long enough for a hundredth to be several queries. */
async function quiet(): Promise<number[]> {
	const stop = reader();
	await new Promise((resolve) => setTimeout(resolve, 15_000));
	return stop();
}

/** What a reader waits while this is done. */
async function during<T>(work: () => Promise<T>): Promise<{ done: T; times: number[] }> {
	const stop = reader();
	const done = await work();
	return { done, times: await stop() };
}

async function foundOrganisation(): Promise<void> {
	await asSystem('bench', async (tx) => {
		const blueprint = { ...usual, kinds: usual.kinds.filter(({ key }) => key !== 'region') };
		const kinds = await layStructure(tx, blueprint);
		const id = newId();
		await tx.run(sql`insert into territory.unit (id, kind_id, ancestors, code, slug, name, folded_name)
			values (${id}, ${kinds.get('national')}, array[${id}::uuid], 'N', 'national', 'Bureau national', 'bureau national')`);
		await saveSetting(tx, 'organisation', { name: 'La Rive commune' }, null);
	});
}

/** Imports units then members, the members again unchanged, and again with one line in a hundred changed. */
export async function measure({ members, units, say }: Options): Promise<Measured> {
	const rows: Measured['rows'] = [];
	for (const size of members) {
		say(`import: ${units} units, ${size} members`);
		await withDatabase(async () => void rows.push(await measureOne(here, 'one process', size, units)));
		await withDatabase(async () => {
			const { importing, stop } = apart();
			rows.push(await measureOne(importing, 'a worker apart', size, units));
			stop();
		});
	}
	return { rows, raw: { quietP50: Number(rows[0]?.quietP50), quietP99: Number(rows[0]?.quietP99) } };
}

/**
 * The query reads units: its quiet time is taken once they are all there, before the members and after them, so that the
 * ratio compares the same query on the same data. The query is asked here; the import is done here too, or apart.
 */
async function measureOne(
	importing: Importing,
	roles: string,
	size: number,
	sections: number,
): Promise<Measured['rows'][number]> {
	await foundOrganisation();
	const below = sections - Math.max(1, Math.round(sections / 40));
	const files = {
		units: kept('units.csv', unitsFile(sections)),
		members: kept('members.csv', membersFile(size, below, '31/12/2027')),
	};
	const units = await during(() => timed(importing, 'units', files.units));
	const before = await quiet();
	const first = await during(() => timed(importing, 'members', files.members));
	const after = await quiet();
	const again = await timed(importing, 'members', files.members);
	const changed = await timed(
		importing,
		'members',
		kept('changed.csv', membersFile(size, below, '31/12/2028')),
	);
	return {
		members: size,
		units: sections,
		roles,
		...written(units.done, first.done),
		...{ againSeconds: again.report.seconds, againSame: again.report.counts.same ?? 0 },
		...{ changedSeconds: changed.report.seconds, changedUpdated: changed.report.counts.updated ?? 0 },
		...waited([...units.times, ...first.times], before, after),
	};
}

const written = (units: Timed, first: Timed) => ({
	created: first.report.counts.created ?? 0,
	unitsCreated: units.report.counts.created ?? 0,
	unitsSeconds: units.report.seconds,
	membersSeconds: first.report.seconds,
	totalSeconds: rounded(units.report.seconds + first.report.seconds),
	longestSilence: rounded(Math.max(units.silence, first.silence)),
});

const waited = (busy: number[], before: number[], after: number[]) => ({
	queries: busy.length,
	queryP50: rounded(quantile(busy, 0.5)),
	queryP99: rounded(quantile(busy, 0.99)),
	quietP50: rounded(quantile([...before, ...after], 0.5)),
	quietP99: rounded(quantile([...before, ...after], 0.99)),
	quietP99Before: rounded(quantile(before, 0.99)),
	quietP99After: rounded(quantile(after, 0.99)),
	p50Ratio: rounded(quantile(busy, 0.5) / quantile([...before, ...after], 0.5)),
	p99Ratio: rounded(quantile(busy, 0.99) / quantile([...before, ...after], 0.99)),
});
