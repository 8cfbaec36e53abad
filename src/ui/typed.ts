import type { Problem } from '#platform/errors.ts';

/** What a refused form gives back to its page: what was typed in its text fields, and what is wrong. */
export type Typed = { values?: Record<string, string | undefined>; problems?: Problem[] } | null | undefined;

/** A page's `form`, for a view whose fields are all single texts. */
export const typed = (form: { values?: object; problems?: Problem[] } | null | undefined) => form as Typed;
