import * as v from 'valibot';
import { lastSecond } from '#platform/wording/dates.ts';

/** An id sent by a page; anything else is a form that somebody altered. */
export const id = v.pipe(v.string(), v.uuid('app.invalid_value'));

/** One line or a few, trimmed, at most so many characters; absent is empty. */
export const line = (max: number) =>
	v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(max, 'territory.office_too_long'));

/** The evening of a day typed as `2026-12-31`, where the house tells its hours; empty is no day. */
export const dayEnd = v.pipe(
	v.string(),
	v.check((text) => text === '' || lastSecond(text) !== null, 'territory.office_day_shape'),
	v.transform((text) => lastSecond(text) ?? undefined),
);
