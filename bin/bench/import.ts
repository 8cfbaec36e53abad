// CSV to live units and members: how long, how often progress is said, and how long a page takes meanwhile.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type postgres from 'postgres';
import type { ImportReport } from '#domains/imports/index.ts';
import { fillFeed, readerSecret } from './feed-data.ts';
import type { Measured, Options } from './index.ts';
import { ask, quantile, rounded } from './load.ts';
import { buildPages, type Running, runServer, withDatabase } from './scene.ts';

/** Members of the organisation before: who reads has friends, levels and posts. */
const already = 2000;
/** Pages asked while nothing else is done, before and after: a hundredth of them is several. */
const quietPages = 400;

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

/** Asks a process to import, and hears its progress. */
const importingIn =
	(child: ChildProcess): Importing =>
	(kind, path, onProgress) =>
		new Promise((resolve, reject) => {
			const stopped = () => reject(new Error('the importing process stopped'));
			const hear = (heard: { report?: ImportReport; said?: boolean }) => {
				if (heard.said) return onProgress();
				if (!heard.report) return;
				child.off('message', hear).off('exit', stopped);
				resolve(heard.report);
			};
			child.on('message', hear).once('exit', stopped);
			child.send({ kind, path });
		});

/** In a process of its own, which gives way, as `ROLE=worker` beside a `ROLE=web` does; gives how to stop it too. */
function apart(): { importing: Importing; stop: () => void } {
	const child = fork(join(import.meta.dirname, 'importer.ts'), {
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	return { importing: importingIn(child), stop: () => child.disconnect() };
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

/** One visitor's home, asked again and again until told to stop. Gives milliseconds, each. */
function reader(server: Running) {
	const times: number[] = [];
	let going = true;
	const reading = (async () => {
		while (going) times.push(...(await paged(server, 10)));
	})();
	return async () => {
		going = false;
		await reading;
		return times;
	};
}

const paged = async (server: Running, times: number) =>
	(await ask(`${server.url}/fil`, times, 1, { cookie: `coopol=${readerSecret}` })).ms;

/** What a visitor waits while this is done. */
async function during<T>(server: Running, work: () => Promise<T>): Promise<{ done: T; times: number[] }> {
	const stop = reader(server);
	const done = await work();
	return { done, times: await stop() };
}

/** An organisation at work, whose region waits for the units of the file. */
async function foundOrganisation(owner: postgres.Sql): Promise<void> {
	await fillFeed(owner, already);
	await owner.unsafe(`update territory.unit set code = 'N' where slug = 'region-1'`);
}

/** Imports units then members, the members again unchanged, and again with one line in a hundred changed. */
export async function measure({ members, units, say }: Options): Promise<Measured> {
	buildPages();
	const rows: Measured['rows'] = [];
	for (const size of members)
		for (const roles of ['one process', 'a worker apart'] as const) {
			say(`import: ${units} units, ${size} members, ${roles}`);
			await withDatabase(async (owner) => {
				await foundOrganisation(owner);
				rows.push(await measureOne(roles, size, units));
			});
		}
	return { rows, raw: { quietP50: Number(rows[0]?.quietP50), quietP99: Number(rows[0]?.quietP99) } };
}

/** The home is asked before, during and after: the same page of the same visitor, by the same server. */
async function measureOne(
	roles: 'one process' | 'a worker apart',
	size: number,
	sections: number,
): Promise<Measured['rows'][number]> {
	const server = await runServer('pages');
	const { importing, stop } =
		roles === 'one process' ? { importing: importingIn(server.child), stop: () => {} } : apart();
	try {
		const below = sections - Math.max(1, Math.round(sections / 40));
		const files = {
			units: kept('units.csv', unitsFile(sections)),
			members: kept('members.csv', membersFile(size, below, '31/12/2027')),
		};
		await paged(server, quietPages);
		const before = await paged(server, quietPages);
		const units = await during(server, () => timed(importing, 'units', files.units));
		const first = await during(server, () => timed(importing, 'members', files.members));
		const after = await paged(server, quietPages);
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
	} finally {
		stop();
		await server.stop();
	}
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
	pages: busy.length,
	pageP50: rounded(quantile(busy, 0.5)),
	pageP99: rounded(quantile(busy, 0.99)),
	quietP50: rounded(quantile([...before, ...after], 0.5)),
	quietP99: rounded(quantile([...before, ...after], 0.99)),
	quietP99Before: rounded(quantile(before, 0.99)),
	quietP99After: rounded(quantile(after, 0.99)),
	p50Ratio: rounded(quantile(busy, 0.5) / quantile([...before, ...after], 0.5)),
	p99Ratio: rounded(quantile(busy, 0.99) / quantile([...before, ...after], 0.99)),
});
