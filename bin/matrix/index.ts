import { rehearsal } from '#platform/rehearsal.ts';
import { type Actor, makeActors } from '#tests/matrix/actors.ts';
import type { Target } from '#tests/matrix/cell.ts';
import { targetsOf } from '#tests/matrix/expected/index.ts';
import { putThings } from '#tests/matrix/things.ts';
import { since } from '../steps.ts';
import { type Cell, cross, run } from './cross.ts';
import { agree, changedDoors, declared, frozenDoors } from './doors.ts';
import { type Findings, weigh, weighRows } from './findings.ts';
import { keyOf, type Ledger } from './ledger.ts';
import { killAll } from './mutants.ts';
import { setStage } from './stage.ts';

const began = performance.now();
const say = (line: string) => console.log(`${since(began)} ${line}`);

/** `--agree` freezes the doors; `--all` makes every mutant; `--only=text` keeps routes that hold it, for work on one domain. */
export async function runMatrix(flags: string[]): Promise<void> {
	if (flags.includes('--agree')) return agree();
	const stage = await setStage();
	try {
		const actors = await makeActors();
		const targets = targetsOf(await putThings());
		const origin = await stage.open();
		await work(origin, targets, actors, flags);
	} finally {
		await stage.close();
	}
}

async function work(origin: string, targets: Target[], actors: Actor[], flags: string[]): Promise<void> {
	rehearsal().rollback = true;
	const only = flags.find((flag) => flag.startsWith('--only='))?.slice(7) ?? '';
	const doors = frozenDoors();
	const cells = cross(targets, actors, doors).filter(({ target }) => target.route.includes(only));
	const found: Findings = { leaks: [], differs: [] };
	const ledger = await firstPass(origin, cells, found);
	await watchRows(origin, cells, found);
	const { made, survivors } = flags.includes('--no-mutants')
		? { made: 0, survivors: [] }
		: await mutate(origin, cells, ledger, flags.includes('--all'));
	const uncovered = uncoveredBy(targets);
	const undeclared = changedDoors(doors);
	report({ survived: survivors, uncovered, door: undeclared });
	const figures = {
		leaks: found.leaks.length,
		undeclared: undeclared.length,
		mutants: made,
		killed: made - survivors.length,
	};
	const isBad =
		found.leaks.length + found.differs.length + undeclared.length + uncovered.length + survivors.length > 0;
	console.log(
		JSON.stringify({
			routes: Object.keys(declared).length,
			cells: cells.length,
			...figures,
			differs: found.differs.length,
			uncovered: uncovered.length,
		}),
	);
	process.exitCode = isBad ? 1 : 0;
}

/** Every cell once, every rule in force. */
async function firstPass(origin: string, cells: Cell[], found: Findings): Promise<Ledger> {
	const ledger: Ledger = new Map();
	await run(origin, cells, (result) => {
		ledger.set(keyOf(result), { outcome: result.outcome });
		weigh(found, result);
		if (ledger.size % 2000 === 0) say(`${ledger.size} of ${cells.length} cells`);
		return undefined;
	});
	return ledger;
}

/** Every reading once more, every rule off. */
async function watchRows(origin: string, cells: Cell[], found: Findings): Promise<void> {
	const pages = cells.filter(({ target }) => target.method === 'GET' && target.route !== 'GET /live');
	say(`${pages.length} readings with every rule off`);
	rehearsal().mutant = '*';
	await run(origin, pages, (result) => void weighRows(found, result));
	rehearsal().mutant = null;
}

async function mutate(origin: string, cells: Cell[], ledger: Ledger, everyOne: boolean) {
	const abilities = [...rehearsal().abilities].toSorted();
	// Another fifth each day: over a week every one has had its turn, and `--all` makes them all.
	const today = Math.floor(Date.now() / 86_400_000);
	const chosen = everyOne ? abilities : abilities.filter((_, index) => index % 5 === today % 5);
	say(`${chosen.length} mutants of ${abilities.length}`);
	return { made: chosen.length, survivors: await killAll(origin, chosen, cells, ledger, say) };
}

const uncoveredBy = (targets: Target[]) => {
	const covered = new Set(targets.map(({ route }) => route));
	return Object.keys(declared).filter((route) => !covered.has(route));
};

function report(lines: Record<string, string[]>): void {
	for (const [title, some] of Object.entries(lines)) for (const line of some) console.log(`${title} ${line}`);
}
