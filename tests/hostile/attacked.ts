import { afterAll, beforeAll, expect, test } from 'vitest';
import { operations, routes } from '#registry.ts';
import { makeActors } from '#tests/matrix/actors.ts';
import { putThings } from '#tests/matrix/things.ts';
import { stage } from '#tests/stage.ts';
import { attack, type Fallen } from './attack.ts';
import { openPages, type Pages } from './pages.ts';
import { gatherSeeds, type Seeds } from './seeds.ts';
import { send } from './send.ts';

/** COOPOL_SEED repeats a run; otherwise each run is another one. */
export const seedOf = () => Number(process.env.COOPOL_SEED ?? Math.floor(Math.random() * 1e9));

/** The story of the house under so many hostile requests. */
export function standsUnder(count: number, minutes: number): void {
	stage();
	let pages: Pages;
	let seeds: Seeds;

	beforeAll(async () => {
		await makeActors();
		const things = await putThings();
		pages = await openPages();
		seeds = await gatherSeeds(pages.origin, things);
	}, 300_000);

	afterAll(async () => pages?.stop());

	test(
		`${count} hostile requests: each is answered, none by a fault of ours, soon, and without a word about our insides`,
		async () => {
			const seed = seedOf();
			console.log(`hostile: COOPOL_SEED=${seed}, ${count} requests over ${seeds.size} routes`);
			const {
				fallen,
				routes: reached,
				byStatus,
				ms,
				slowest,
				secondsAtMost,
			} = await attack(pages, seeds, count, seed, (line) => process.env.COOPOL_TRACE && console.log(line));
			const sorted = ms.toSorted((a, b) => a - b);
			const share = (part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
			console.log(
				`hostile: ${JSON.stringify({ byStatus, p50: share(0.5), p99: share(0.99), slowest, secondsAtMost })}`,
			);
			if (fallen.length) console.log(pages.said().slice(-20_000));
			expect(gathered(fallen)).toEqual([]);
			expect(pages.isAlive()).toBe(true);
			expect(
				await send(pages.origin, { method: 'GET', path: '/health', headers: {}, body: null }),
			).toMatchObject({ status: 200 });
			expect([...reached].toSorted()).toEqual(Object.keys({ ...routes, ...operations }).toSorted());
		},
		minutes * 60_000,
	);
}

/** One line for each route and fault, with the first request that showed it. */
const gathered = (fallen: Fallen[]) =>
	[...Map.groupBy(fallen, ({ route, faults }) => `${faults.join()} at ${route}`)].map(
		([what, all]) => `${all.length} × ${what}, as ${all[0]!.as} by ${all[0]!.how.join()}: ${all[0]!.wire}`,
	);
