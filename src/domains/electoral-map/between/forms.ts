import * as v from 'valibot';
import { invalid, type Problem } from '#platform/errors.ts';
import type { Typed } from './model.ts';

/** Kinds of ballot that can be entered, as identifiers of elections say them. */
export const ballots = ['muni', 'legi', 'pres', 'euro', 'regi', 'dpmt', 'cant'] as const;

const LISTS_MAX = 60;

export const OpenForm = v.object({
	unit: v.pipe(v.string(), v.uuid()),
	place: v.pipe(v.string(), v.maxLength(40)),
	kind: v.picklist(ballots, 'electoral-map.tally_kind'),
	year: v.pipe(v.string(), v.trim(), v.regex(/^20\d\d$/, 'electoral-map.tally_year')),
	round: v.picklist(['1', '2'], 'electoral-map.tally_round'),
	lists: v.pipe(v.string(), v.trim(), v.nonEmpty('electoral-map.tally_lists_empty'), v.maxLength(8000)),
});

/** Lists as they were typed, one a line: a name, then its label after a semicolon. Throws Invalid. */
export function listsIn(text: string) {
	const lines = text
		.split(/\r?\n/)
		.map((line) => line.split(';').map((part) => part.trim()))
		.filter(([name]) => name);
	const names = lines.map(([name = '']) => name);
	const twice = names.find((name, at) => names.indexOf(name) !== at);
	if (twice) throw problem('lists', 'electoral-map.tally_lists_twice', { name: twice });
	if (names.length > LISTS_MAX)
		throw problem('lists', 'electoral-map.tally_lists_many', { limit: LISTS_MAX });
	return lines.map(([name = '', nuance], at) => ({
		candidate: String(at + 1),
		name: name.slice(0, 120),
		nuance: nuance?.slice(0, 40) || null,
	}));
}

const count = v.pipe(
	v.string(),
	v.transform((text) => text.replace(/\s/g, '')),
	v.regex(/^\d{1,6}$/, 'electoral-map.entry_number'),
	v.transform(Number),
);

export const EntryForm = v.object({
	registered: count,
	voters: count,
	blank: count,
	spoilt: count,
	votes: v.pipe(v.array(count), v.maxLength(LISTS_MAX)),
});

const problem = (field: string, key: string, args: NonNullable<Problem['args']> = {}) =>
	invalid({ field, key, args });

/** Refuses a count that no ballot box can give, at the field that is wrong. */
export function checkCount({ registered, voters, blank, spoilt, votes }: Typed, lists: number): void {
	const problems: Problem[] = [];
	const wrong = (field: string, key: string, args: NonNullable<Problem['args']>) =>
		problems.push({ field, key, args });
	const valid = voters - blank - spoilt;
	const sum = votes.reduce((all, one) => all + one, 0);
	if (voters > registered) wrong('voters', 'electoral-map.entry_voters_over', { voters, registered });
	if (valid < 0) wrong('blank', 'electoral-map.entry_blank_over', { voters, sum: blank + spoilt });
	else if (votes.length !== lists || sum !== valid)
		wrong('votes.0', 'electoral-map.entry_sum', { sum, valid });
	if (problems.length) throw invalid(problems);
}

export const ChooseForm = v.object({
	unit: v.pipe(v.string(), v.uuid()),
	election: v.pipe(v.string(), v.maxLength(60)),
	name: v.pipe(
		v.string(),
		v.trim(),
		v.nonEmpty('electoral-map.selection_name_empty'),
		v.maxLength(80, 'electoral-map.selection_name_long'),
	),
	station: v.pipe(
		v.optional(v.array(v.pipe(v.string(), v.maxLength(40))), []),
		v.minLength(1, 'electoral-map.selection_empty'),
		v.maxLength(1000, 'electoral-map.selection_many'),
	),
});

export const AssignForm = v.object({
	station: v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(1000)),
	section: v.pipe(v.array(v.union([v.literal(''), v.pipe(v.string(), v.uuid())])), v.maxLength(1000)),
});

/** What an officer makes of a tally: closed, its figures stay; withdrawn, they are shown no more; open again. */
export const turns = { close: 'closed', withdraw: 'withdrawn', resume: 'open' } as const;
export type Turn = keyof typeof turns;

export const TurnForm = v.object({ turn: v.picklist(Object.keys(turns) as Turn[]) });
