import type { Actor } from '#tests/matrix/actors.ts';
import { expected, fits, guiseOf, isApi, isLeak, type Target } from '#tests/matrix/cell.ts';
import type { Door, Outcome } from '#tests/matrix/door.ts';
import { type Answer, knock } from '#tests/matrix/knock.ts';

/** A target and who knocks at it. */
export interface Cell {
	target: Target;
	actor: Actor;
	wanted: Outcome;
}

export interface Result extends Cell, Answer {
	fits: boolean;
	leaks: boolean;
}

/** Crosses targets with actors; `doors` says what each route's door asks. */
export const cross = (targets: Target[], actors: Actor[], doors: Record<string, Door>): Cell[] =>
	targets.flatMap((target) =>
		actors
			.filter((actor) => comes(actor, target))
			.map((actor) => ({ target, actor, wanted: expected(target, doors[target.route] ?? 'anyone', actor) })),
	);

// A token opens no page: who has nothing else comes there as the visitor who is among the actors already.
const comes = (actor: Actor, target: Target) =>
	isApi(target) || actor.name === 'visitor' || Boolean(actor.cookie);

/** Knocks for each cell, so many at a time; `see` gets each result and may say that it is enough. */
export async function run(
	origin: string,
	cells: Cell[],
	see: (result: Result) => boolean | undefined,
	atOnce = 10,
): Promise<void> {
	let next = 0;
	let enough = false;
	const work = async () => {
		while (next < cells.length && !enough) {
			const cell = cells[next++]!;
			const answer = await knock(origin, cell.actor, cell.target);
			enough =
				see({
					...cell,
					...answer,
					fits: fits(cell.target, cell.wanted, answer.outcome),
					leaks: isLeak(cell.wanted, answer.outcome),
				}) ?? false;
		}
	};
	await Promise.all(Array.from({ length: atOnce }, work));
}

/** One cell in words: who, where, what was expected and what came. */
export const tell = ({ target, actor, wanted, outcome, status }: Result) =>
	`${target.route} [${target.about}] as ${guiseOf(actor, target)}: expected ${wanted}, got ${outcome} (${status})`;
