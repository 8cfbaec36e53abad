import { rehearsal } from '#platform/rehearsal.ts';
import { makeActors } from '#tests/matrix/actors.ts';
import type { Target } from '#tests/matrix/cell.ts';
import { targetsOf } from '#tests/matrix/expected/index.ts';
import { putThings } from '#tests/matrix/things.ts';
import { buildPages } from '../bench/scene.ts';
import { since } from '../steps.ts';
import { type Cell, cross, eachOf, tryCell } from './cross.ts';
import { agree, changedDoors, declared, frozenDoors } from './doors.ts';
import { type Findings, note, weigh, weighRows } from './findings.ts';
import { hush, hushedErrors } from './hush.ts';
import { rememberKills } from './kills.ts';
import { tryMutants, type Witness } from './mutants.ts';
import { setStage } from './stage.ts';
import { lookAtChanges } from './under-way.ts';

const began = performance.now();
const say = (line: string) => console.log(`${since(began)} ${line}`);

/** What is run of it: see `npm run test:matrix -- --help`. */
interface Wanted {
	only: string;
	withMutants: boolean;
	kills: boolean;
	agree: boolean;
}

/** Knocks at every door, says what differs from what was agreed, and the figures. */
export async function runMatrix(wanted: Wanted): Promise<void> {
	if (wanted.agree) return agree();
	buildPages();
	const stage = await setStage();
	try {
		hush();
		const actors = await makeActors();
		const targets = targetsOf(await putThings());
		const origin = await stage.open();
		rehearsal().rollback = true;
		lookAtChanges();
		const cells = cross(targets, actors, frozenDoors()).filter(({ target }) =>
			target.route.includes(wanted.only),
		);
		conclude(targets, cells, await runAll(origin, cells, wanted));
	} finally {
		await stage.close();
	}
}

/** Every cell once with every rule in force; every reading with every rule off; every rule off in its turn. */
async function runAll(origin: string, cells: Cell[], { withMutants, kills }: Wanted) {
	const found: Findings = { leaks: [], differs: [] };
	const witnesses = await inForce(origin, cells, found);
	await rulesOff(origin, witnesses, found);
	const abilities = withMutants ? [...rehearsal().abilities].toSorted() : [];
	say(`${abilities.length} mutants`);
	const mutants = await tryMutants(origin, abilities, witnesses, say);
	const knocks = mutants.reduce((sum, mutant) => sum + mutant.knocks, 0);
	say(`done: ${knocks} knocks for the mutants, ${hushedErrors()} errors under them`);
	if (kills) rememberKills(mutants);
	return { found, mutants };
}

async function inForce(origin: string, cells: Cell[], found: Findings): Promise<Witness[]> {
	const witnesses: Witness[] = [];
	let done = 0;
	await eachOf(cells, async (cell) => {
		const result = await tryCell(origin, cell);
		const findings = weigh(result);
		note(found, findings);
		if (!findings.leaks.length && !findings.differs.length) witnesses.push({ cell, asked: result.asked });
		if (++done % 4000 === 0) say(`${done} of ${cells.length} cells`);
	});
	return witnesses;
}

/** What asked no rule answers the same without them. */
async function rulesOff(origin: string, witnesses: Witness[], found: Findings): Promise<void> {
	const readings = witnesses.filter(
		({ cell: { target }, asked }) =>
			target.method === 'GET' && target.route !== 'GET /live' && asked.size > 0,
	);
	say(`${readings.length} readings with every rule off`);
	await eachOf(readings, async ({ cell }) =>
		note(found, weighRows(await tryCell(origin, cell, { mutant: '*' }))),
	);
}

const uncoveredBy = (targets: Target[]) => {
	const covered = new Set(targets.map(({ route }) => route));
	return Object.keys(declared).filter((route) => !covered.has(route));
};

type Ran = Awaited<ReturnType<typeof runAll>>;

/** Says what is left to say, then the figures as the last line. */
function conclude(targets: Target[], cells: Cell[], { found, mutants }: Ran): void {
	const uncovered = uncoveredBy(targets);
	const undeclared = changedDoors(frozenDoors());
	for (const route of uncovered) console.log(`uncovered ${route}`);
	for (const line of undeclared) console.log(`door ${line}`);
	const wrong = {
		leaks: found.leaks.length,
		undeclared: undeclared.length,
		differs: found.differs.length,
		uncovered: uncovered.length,
	};
	const { leaks, undeclared: doors, ...rest } = wrong;
	const killed = mutants.filter(({ by }) => by).length;
	const routes = Object.keys(declared).length;
	const figures = { routes, cells: cells.length, leaks, undeclared: doors, mutants: mutants.length, killed };
	console.log(JSON.stringify({ ...figures, ...rest }));
	const isBad = Object.values(wrong).some((count) => count > 0) || killed < mutants.length;
	process.exitCode = isBad ? 1 : 0;
}
