import { makeActors } from '#tests/matrix/actors.ts';
import type { Target } from '#tests/matrix/cell.ts';
import { targetsOf } from '#tests/matrix/expected/index.ts';
import { putThings } from '#tests/matrix/things.ts';
import { rehearsal } from '#platform/rehearsal.ts';
import { since } from '../steps.ts';
import { cross, type Result, run, tell } from './cross.ts';
import { agree, changedDoors, declared, frozenDoors } from './doors.ts';
import { setStage } from './stage.ts';

/** Runs the whole matrix and says what came; the last line is JSON. */
export async function runMatrix(flags: Set<string>): Promise<void> {
	if (flags.has('--agree')) return agree();
	const began = performance.now();
	const stage = await setStage();
	try {
		const actors = await makeActors();
		const targets = targetsOf(await putThings());
		const origin = await stage.open();
		rehearsal().rollback = true;
		const doors = frozenDoors();
		const cells = cross(targets, actors, doors);
		const wrong: Result[] = [];
		let done = 0;
		await run(origin, cells, (result) => {
			if (!result.fits) wrong.push(result);
			if (++done % 1000 === 0) console.log(`${done} of ${cells.length} cells, ${wrong.length} unexpected, ${since(began)}`);
			return undefined;
		});
		for (const one of wrong) console.log(`${one.leaks ? 'LEAK' : 'differs'} ${tell(one)}`);
		const uncovered = uncoveredBy(targets);
		for (const route of uncovered) console.log(`uncovered ${route}`);
		for (const line of changedDoors(doors)) console.log(`door ${line}`);
		console.log(JSON.stringify({ routes: Object.keys(declared).length, cells: done, leaks: wrong.length, undeclared: 0, uncovered: uncovered.length }));
	} finally {
		await stage.close();
	}
}

const uncoveredBy = (targets: Target[]) => {
	const covered = new Set(targets.map(({ route }) => route));
	return Object.keys(declared).filter((route) => !covered.has(route));
};
