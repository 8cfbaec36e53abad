import type { Problem } from '#platform/errors.ts';
import type { Words } from '#platform/wording/index.ts';

/** What a refused form comes back with. */
export interface Refused {
	values?: Record<string, unknown>;
	problems?: Problem[];
	/** Files of that try, which wait for the next (`<KeptFiles>`). */
	kept?: { id: string; files: { id: string; name: string }[]; lost?: string[] } | undefined;
}

/** The problems of a refused form, in words: at each field, and in one list that leads to them. */
export function problemsOf({ say }: Pick<Words, 'say'>, form: Refused | null | undefined) {
	const problems = form?.problems ?? [];
	const text = ({ key, args }: Problem) => say(key as Parameters<Words['say']>[0], args as never);
	return {
		/** The sentence of one field. */
		at: (field: string): string | undefined => {
			const problem = problems.find((one) => one.field === field);
			return problem && text(problem);
		},
		/** For `<ErrorSummary errors>`. */
		list: problems.map((problem) => ({
			href: problem.field ? `#${problem.field}` : '#main',
			text: text(problem),
		})),
		/** What was typed, or what the page starts with. */
		value: (name: string, start = ''): string => String(form?.values?.[name] ?? start),
	};
}
