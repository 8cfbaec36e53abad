import { availableParallelism, loadavg } from 'node:os';
import fc from 'fast-check';
import postgres from 'postgres';
import type { Actor } from '#tests/matrix/actors.ts';
import { type Draft, wireOf } from './draft.ts';
import { type Nasty, nasty } from './nasty.ts';
import type { Pages } from './pages.ts';
import { attackers, type Seed, type Seeds } from './seeds.ts';
import { send, type Wire } from './send.ts';
import { twists } from './twists.ts';
import { faultsOf } from './verdict.ts';

/** What the house answered to all of it. */
export interface Fallen {
	route: string;
	as: string;
	how: string[];
	faults: string[];
	wire: string;
}
export interface Attacked {
	sent: number;
	routes: Set<string>;
	byStatus: Record<string, number>;
	ms: number[];
	/** The slowest, whatever made them so. */
	slowest: { route: string; ms: number }[];
	secondsAtMost: number;
	fallen: Fallen[];
}

interface Chance {
	seed: number;
	actor: number;
	/** Three times in four, somebody who gets through. */
	who: number;
	done: [name: string, nasty: Nasty, pick: number][];
}

const chance: fc.Arbitrary<Chance> = fc.record({
	seed: fc.nat(),
	actor: fc.nat(),
	who: fc.nat(3),
	done: fc.array(
		fc.tuple(
			fc.constantFrom(
				...Object.keys(twists),
				...Array.from({ length: 12 }, () => 'value'),
				'everyValue',
				'shape',
				'shape',
				'path',
				'query',
				'query',
			),
			nasty,
			fc.nat(100_000),
		),
		{ minLength: 1, maxLength: 3 },
	),
});

/** Two seconds; on a machine that has more to do than it has cores, five. */
export const secondsAtMost = () => ((loadavg()[0] ?? 0) / availableParallelism() > 1.5 ? 5 : 2);

const slice = 300;
const atOnce = 6;

/** Sends `count` requests made from `seed`, to each route in turn. The same seed makes the same requests. */
export async function attack(
	pages: Pages,
	seeds: Seeds,
	count: number,
	seed: number,
	say: (line: string) => void = () => {},
): Promise<Attacked> {
	const found: Attacked = {
		sent: 0,
		routes: new Set(),
		byStatus: {},
		ms: [],
		slowest: [],
		secondsAtMost: secondsAtMost(),
		fallen: [],
	};
	const order = [...seeds.keys()].toSorted();
	const owner = postgres(process.env.COOPOL_OWNER_URL!, { max: 1, onnotice: () => {} });
	for (let from = 0; from < count && pages.isAlive(); from += slice) {
		const actors = await attackers();
		const chances = fc.sample(chance, { seed: seed + from, numRuns: Math.min(slice, count - from) });
		let next = 0;
		const work = async () => {
			while (next < chances.length && pages.isAlive()) {
				const index = next++;
				if (index % 10 === 0) await forgetThrottles(owner);
				await one(pages, found, chances[index]!, seeds.get(order[(from + index) % order.length]!)!, actors);
			}
		};
		await Promise.all(Array.from({ length: atOnce }, work));
		say(`${found.sent} of ${count} sent, ${found.fallen.length} fell`);
	}
	await owner.end();
	return found;
}

/** Nobody is slowed down here: what lies behind the limits is what is attacked. One statement that waits for nobody: it must not hold what it clears. */
const forgetThrottles = (owner: postgres.Sql) =>
	owner`delete from platform.bucket where key in (select key from platform.bucket for update skip locked)`;

async function one(
	pages: Pages,
	found: Attacked,
	{ seed, actor, who: share, done }: Chance,
	of: Seed[],
	actors: Actor[],
): Promise<void> {
	const base = of[seed % of.length]!;
	const likely = actors.filter(({ name }) =>
		base.as.length ? base.as.includes(name) || base.as.includes(`${name}-token`) : usual.includes(name),
	);
	const crowd = share && likely.length ? likely : actors;
	const who = crowd[actor % crowd.length]!;
	const draft = draftOf(base, who, pages.origin);
	for (const [name, text, pick] of done) twists[name]!(draft, text, pick);
	const wire = wireOf(draft);
	const answer = await send(pages.origin, wire);
	found.sent++;
	found.routes.add(draft.route);
	found.ms.push(answer.ms);
	found.slowest = [...found.slowest, { route: draft.route, ms: Math.round(answer.ms) }]
		.toSorted((a, b) => b.ms - a.ms)
		.slice(0, 8);
	found.byStatus[answer.status] = (found.byStatus[answer.status] ?? 0) + 1;
	let faults = faultsOf(answer, found.secondsAtMost);
	if (faults.includes('slow') && !(await isSlowAlone(pages, wire, found.secondsAtMost)))
		faults = faults.filter((fault) => fault !== 'slow');
	if (faults.length)
		found.fallen.push({
			route: draft.route,
			as: who.name,
			how: done.map(([name]) => name),
			faults,
			wire: answer.status ? tell(wire) : `${answer.text}: ${tell(wire)}`,
		});
}

const usual = ['odile', 'samuel', 'bertrand', 'sabrina'];

/** Whether it is the request that is slow and not the machine: twice more, slow each time. */
async function isSlowAlone(pages: Pages, wire: Wire, seconds: number): Promise<boolean> {
	for (let tries = 0; tries < 2; tries++)
		if ((await send(pages.origin, wire)).ms <= seconds * 1000) return false;
	return true;
}

function draftOf(
	{ route, method, path, fields, api }: Seed,
	{ cookie, token }: Actor,
	origin: string,
): Draft {
	const headers: Record<string, string> = { origin, accept: 'text/html,*/*;q=0.8' };
	if (api && token) headers.authorization = `Bearer ${token}`;
	else if (cookie) headers.cookie = `coopol=${cookie}`;
	return { route, method, path, headers, fields: [...fields], form: api ? 'json' : 'urlencoded', files: [] };
}

const tell = ({ method, path, headers, body }: Wire) =>
	`${method} ${path.slice(0, 300)} ${JSON.stringify({ ...headers, cookie: headers.cookie?.replace(/coopol=[\w-]{43}/, 'coopol=…'), authorization: headers.authorization?.slice(0, 12) }).slice(0, 400)} ${JSON.stringify(body?.toString().slice(0, 400) ?? '')}`;
