import type { Problem } from '#platform/errors.ts';
import type { Key, Words } from '#platform/wording/index.ts';
import type { Candidate } from './candidates.ts';

/** As many people as a search shows at once. */
export const MOST = 8;

/** What a form's action gave back: refused with its problems, or looked up with what was found. */
export interface Answer {
	values?: Record<string, unknown>;
	problems?: Problem[];
	found?: Candidate[];
}

/** Reads a form's answer for its page: the sentence of a field, what was typed, and every problem as a line. */
export function readAnswer(answer: Answer | null | undefined, say: Words['say']) {
	const problems = answer?.problems ?? [];
	const text = ({ key, args }: Problem) => say(key as Key, args);
	const typed = answer?.values ?? {};
	return {
		at: (field: string) => problems.filter((problem) => problem.field === field).map(text)[0],
		lines: problems
			.filter(({ field }) => field)
			.map((problem) => ({ href: `#${problem.field}`, text: text(problem) })),
		whole: problems.filter(({ field }) => !field).map(text),
		value: (name: string, before = '') =>
			typeof typed[name] === 'string' ? (typed[name] as string) : before,
		listed: (name: string, before: readonly string[] = []) =>
			Array.isArray(typed[name]) ? (typed[name] as string[]) : answer ? [] : before,
		refused: Boolean(answer),
	};
}

/** The people last found in this form: just now, or those that it sent back with a refusal. */
export function foundIn(answer: Answer | null | undefined): Candidate[] {
	if (answer?.found) return answer.found;
	const sent = answer?.values?.found;
	return (Array.isArray(sent) ? sent : []).flatMap((text) => {
		try {
			const { id, name, unit } = JSON.parse(String(text)) as Record<string, unknown>;
			return [id, name, unit].every((one) => typeof one === 'string')
				? [{ id, name, unit } as Candidate]
				: [];
		} catch {
			return [];
		}
	});
}

/** What the button of a form that needs a person does while nobody was found yet: whoever typed a name and pressed it searches. */
export const searchesFirst = (answer: Answer | null | undefined) =>
	foundIn(answer).length ? {} : { formaction: '?/find#person', formnovalidate: true };
