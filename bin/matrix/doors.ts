import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operations, routes } from '#registry.ts';
import type { Door } from '#tests/matrix/door.ts';
import { root } from '../sources.ts';

const file = join(root, 'tests/matrix/doors.json');

/** Doors as they were agreed. A change of gate is made here and in the domain's declaration: one alone is a mismatch. */
export const frozenDoors = (): Record<string, Door> =>
	JSON.parse(readFileSync(file, 'utf8')) as Record<string, Door>;

/** Everything a request can be: pages, actions, files, verbs of the API. */
export const declared = { ...routes, ...operations };

const doorOf = (route: string): Door => `${declared[route]!.gate}${declared[route]!.stepUp ? '+' : ''}`;

/** Doors of the registry, one a route. */
export const declaredDoors = (): Record<string, Door> =>
	Object.fromEntries(
		Object.keys(declared)
			.toSorted()
			.map((route) => [route, doorOf(route)]),
	);

/** Routes whose door is not the agreed one, or that were never agreed. */
export function changedDoors(frozen: Record<string, Door>): string[] {
	const now = declaredDoors();
	const gone = Object.keys(frozen)
		.filter((route) => !now[route])
		.map((route) => `${route}: agreed, and not declared any more`);
	const changed = Object.entries(now).filter(([route, door]) => frozen[route] !== door);
	return [
		...gone,
		...changed.map(([route, door]) => `${route}: declared ${door}, agreed ${frozen[route] ?? 'nothing'}`),
	];
}

/** Writes the doors of the registry as agreed, to be read in review: `-- --agree`. */
export const agree = () => writeFileSync(file, `${JSON.stringify(declaredDoors(), null, '\t')}\n`);
