import * as v from 'valibot';

/** An id sent by a page; anything else is a form that somebody altered. */
export const id = v.pipe(v.string(), v.uuid('app.invalid_value'));

/** One line or a few, trimmed, at most so many characters; absent is empty. */
export const line = (max: number) =>
	v.pipe(v.optional(v.string(), ''), v.trim(), v.maxLength(max, 'territory.office_too_long'));

/** The end of a day typed as `2026-12-31`; empty is no day. */
export const dayEnd = v.pipe(
	v.string(),
	v.check(
		(text) => text === '' || (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))),
		'territory.office_day_shape',
	),
	v.transform((text) => (text ? new Date(`${text}T23:59:59Z`) : undefined)),
);
