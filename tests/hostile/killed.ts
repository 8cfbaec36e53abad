import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPostmaster } from '#platform/embedded/postmaster.ts';
import { seedOf } from './attacked.ts';
import { foundHouse, type House } from './house.ts';
import { send } from './send.ts';
import { discrepancies } from './writers.ts';

const minute = 60_000;
/** What a loaded machine may need to have its database back. */
const patience = 45_000;

/** A house of its own for the stories of a file. */
function withHouse(): () => House {
	let house: House;
	beforeAll(async () => {
		house = await foundHouse();
		await house.start();
	}, 5 * minute);
	afterAll(async () => house?.close(), minute);
	return () => house;
}

/** The story of a program killed while people write. */
export function survivesKills(cycles: number): void {
	const given = withHouse();
	test(
		`killed ${cycles} times while people write, it loses nothing that it acknowledged and leaves nothing half done`,
		async () => {
			const house = given();
			const moment = momentsOf('program', cycles);
			const inFlight: number[] = [];
			for (let cycle = 0; cycle < cycles; cycle++) {
				house.writers.start(house.origin);
				inFlight.push(await killUnderWriting(house, moment));
				await house.writers.stop();
				await house.start();
				await sendAgain(house);
				expect(await discrepancies(house.owner, house.writers.ledger)).toEqual([]);
			}
			tell('program', cycles, house, inFlight);
			expect(Math.min(...inFlight)).toBeGreaterThan(0);
			expect(house.writers.ledger.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
		},
		cycles * minute + minute,
	);
}

/** The story of a database killed under a program that lives. */
export function survivesDatabaseKills(cycles: number): void {
	const given = withHouse();
	test(
		`its database killed ${cycles} times, it lives, says that something is wrong, then goes on with all that was acknowledged`,
		async () => {
			const house = given();
			const moment = momentsOf('database', cycles);
			const inFlight: number[] = [];
			for (let cycle = 0; cycle < cycles; cycle++) {
				house.writers.start(house.origin);
				const killed = findPostmaster(house.cluster)!.pid;
				inFlight.push(await killUnderWriting(house, moment, () => killDatabase(house)));
				await saysThatItIsDown(house);
				await untilWell(house, killed);
				await house.writers.stop();
				await sendAgain(house);
				expect(await listeners(house)).toBeLessThanOrEqual(2);
				expect(house.isAlive()).toBe(true);
				expect(await discrepancies(house.owner, house.writers.ledger)).toEqual([]);
			}
			tell('database', cycles, house, inFlight);
			expect(Math.min(...inFlight)).toBeGreaterThan(0);
			expect(house.writers.ledger.filter(({ acknowledged }) => !acknowledged)).toEqual([]);
		},
		cycles * minute + minute,
	);
}

/** Waits for some writes, then for a moment by chance with one under way; kills; gives how many were under way. */
async function killUnderWriting(house: House, moment: () => number, kill = house.kill): Promise<number> {
	const from = house.writers.ledger.length;
	while (house.writers.ledger.length < from + 8) await pause(5);
	await pause(moment());
	while (!house.writers.inFlight) await pause(1);
	const { inFlight } = house.writers;
	await kill();
	return inFlight;
}

/** PostgreSQL whole: the parent, and its children before they notice. */
function killDatabase({ cluster }: House): Promise<void> {
	const found = findPostmaster(cluster)!;
	const children = readFileSync(`/proc/${found.pid}/task/${found.pid}/children`, 'utf8')
		.trim()
		.split(' ')
		.map(Number);
	for (const pid of [found.pid, ...children]) {
		try {
			process.kill(pid, 'SIGKILL');
		} catch {
			// One that ended by itself meanwhile.
		}
	}
	return Promise.resolve();
}

const page = ({ writers }: House) => ({
	method: 'GET',
	path: '/fil',
	headers: { accept: 'text/html', cookie: writers.cookie },
	body: null,
});

async function saysThatItIsDown(house: House): Promise<void> {
	const { status, text } = await send(house.origin, page(house));
	expect([200, 500, 503]).toContain(status);
	if (status === 200) return;
	expect(text).toMatch(/<main|<h1|<p/);
	expect(text).not.toMatch(/ECONNREFUSED|\n\s+at |node_modules|postgres:/);
}

/** Another PostgreSQL than the one killed: a child born during the kill may answer for a moment more. */
async function untilWell(house: House, killed: number): Promise<void> {
	const from = performance.now();
	const isAnother = () => (findPostmaster(house.cluster)?.pid ?? killed) !== killed;
	while (!isAnother() || (await send(house.origin, page(house))).status !== 200) {
		if (performance.now() - from > patience) throw new Error(`it did not come back:\n${house.said()}`);
		await pause(100);
	}
}

/** Connections that only listen: one a channel, however long the database was away. */
async function listeners({ owner }: House): Promise<number> {
	const [row] = await owner<
		{ n: number }[]
	>`select count(*)::int as n from pg_stat_activity where application_name like 'coopol %'`;
	return row!.n;
}

/** What was not acknowledged is sent again with its key, as a browser's owner would: done once in the end. */
async function sendAgain(house: House): Promise<void> {
	const until = performance.now() + patience;
	for (const written of house.writers.ledger.filter(({ acknowledged }) => !acknowledged)) {
		while (!(await house.writers.write(house.origin, written)) && performance.now() < until) await pause(200);
	}
}

function momentsOf(what: string, cycles: number): () => number {
	const seed = seedOf();
	console.log(`kill: COOPOL_SEED=${seed}, the ${what} ${cycles} times`);
	return moments(seed);
}

/** Moments within a second, the same for the same seed. */
function moments(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return (state / 2 ** 32) * 1000;
	};
}

function tell(what: string, cycles: number, { writers }: House, inFlight: number[]): void {
	const { length } = writers.ledger;
	console.log(
		`kill: ${JSON.stringify({ killed: what, cycles, written: length, inFlightFewest: Math.min(...inFlight), inFlightMost: Math.max(...inFlight) })}`,
	);
}
