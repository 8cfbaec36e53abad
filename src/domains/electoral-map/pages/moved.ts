import type { Criterion, Goal } from '../measures/criteria.ts';
import { type Column, columnFrom } from '../measures/ranks.ts';
import type { RoundColumns } from '../measures/rounds.ts';
import { criteriaFor } from './asked.ts';
import { fromRounds } from './from-rounds.ts';
import { type Ranked, rankedBy, type Stood } from './lines.ts';

type Numbers = (number | null)[];

/** All the figures of a scope that may be shown, once: a browser then answers by itself while a slider moves. */
export interface Figures {
	stations: Stood[];
	/** The round looked at, then earlier ones on the same ground. */
	rounds: Record<'registered' | 'voters' | 'valid' | 'ours', Numbers>[];
	/** Of each theme, what its shares are made of; null for what may not be shown. */
	themes: Record<string, { count: Numbers; of: Numbers; margin: Numbers }>;
	/** All that can be asked here. */
	choices: string[];
}

const figuresIn = (numbers: Numbers) => Float64Array.from(numbers, (one) => one ?? Number.NaN);

/** Answers questions from figures: the same criteria, classes and ranks as a page of the server. */
export function answering({ stations, rounds, themes, choices }: Figures) {
	const columns: RoundColumns[] = rounds.map(({ registered, voters, valid, ours }) => ({
		vintage: '',
		registered: figuresIn(registered),
		voters: figuresIn(voters),
		valid: figuresIn(valid),
		ours: figuresIn(ours),
	}));
	const known = new Map<string, Column>();
	const columnOf = (asked: Criterion['asked']): Column => {
		const column = known.get(asked) ?? fromRounds(asked, columns) ?? themeIn(themes[asked]);
		known.set(asked, column);
		return column;
	};
	const possible = new Set(choices);
	return (goal: Goal, asked: Criterion[]): Ranked & { criteria: Criterion[] } => {
		const criteria = criteriaFor({ goal, criteria: asked }, (one) => possible.has(one));
		return {
			criteria,
			...rankedBy(
				criteria,
				criteria.map((one) => columnOf(one.asked)),
				stations,
			),
		};
	};
}

function themeIn(theme: Figures['themes'][string] | undefined): Column {
	const [count, of, margin] = [theme?.count ?? [], theme?.of ?? [], theme?.margin ?? []].map(figuresIn) as [
		Float64Array,
		Float64Array,
		Float64Array,
	];
	return columnFrom({ values: count.map((value, at) => value / (of[at] as number)), count, of, margin });
}
