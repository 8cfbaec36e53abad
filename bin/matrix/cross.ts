import type { Actor } from '#tests/matrix/actors.ts';
import { expected, fits, guiseOf, isApi, isLeak, type Target } from '#tests/matrix/cell.ts';
import type { Door, Outcome } from '#tests/matrix/door.ts';
import { type Answer, knock } from '#tests/matrix/knock.ts';
import { knockWith, type Off } from './under-way.ts';

/** A target and who knocks at it. */
export interface Cell {
	target: Target;
	actor: Actor;
	wanted: Outcome;
}

export interface Result extends Cell, Answer {
	fits: boolean;
	leaks: boolean;
	/** Abilities whose rule was asked on the way. */
	asked: Set<string>;
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

/** Knocks for one cell, perhaps while something is off. */
export async function tryCell(origin: string, cell: Cell, off: Off = {}): Promise<Result> {
	const { answer, asked, changed } = await knockWith(off, (headers) =>
		knock(origin, cell.actor, cell.target, headers),
	);
	return {
		...cell,
		...answer,
		text: [answer.text, ...changed].join('\n'),
		asked,
		fits: fits(cell.target, cell.wanted, answer.outcome),
		leaks: isLeak(cell.wanted, answer.outcome),
	};
}

/** Does the work for each, so many at a time. */
export async function eachOf<T>(things: T[], work: (thing: T) => Promise<void>, atOnce = 10): Promise<void> {
	let next = 0;
	const worker = async () => {
		while (next < things.length) await work(things[next++]!);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}

/** One cell in words: who, where. */
export const nameOf = ({ target, actor }: Cell) =>
	`${target.route} [${target.about}] as ${guiseOf(actor, target)}`;
