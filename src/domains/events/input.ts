import * as v from 'valibot';
import { frenchZones } from '#platform/clocks.ts';
import { idText, line, lines } from '#platform/text/typed.ts';
import { visibilities } from './policy-names.ts';

/** Longest text of an event, in characters. */
export const textMax = 10_000;
/** Guests that one person may bring, at most. */
export const guestsMax = 10;

/** A short text on one line, never empty. */
export const neededLine = (most: number, needed: string, long: string) =>
	v.pipe(line(most, long), v.minLength(1, needed));

/** A whole number between two, or null when the field was left empty. */
export const whole = (least: number, most: number, key: string) =>
	v.pipe(
		v.union([v.string(), v.number(), v.null()], key),
		v.transform((given) => (given === '' || given === null ? null : Number(given))),
		v.nullable(v.pipe(v.number(key), v.integer(key), v.minValue(least, key), v.maxValue(most, key))),
	);

const day = v.pipe(v.string('events.day_needed'), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'events.day_needed'));
const time = v.pipe(
	v.string('events.time_needed'),
	v.regex(/^\d{2}:\d{2}(?::\d{2})?$/, 'events.time_needed'),
);
const maybe = <S extends v.GenericSchema<string, string>>(schema: S) =>
	v.optional(v.union([v.literal(''), schema]), '');

const isWebAddress = (text: string) => {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
};

/** How an event comes back. */
export const rhythms = ['weekly', 'monthly_day', 'monthly_weekday'] as const;

/** What is said of an event, whoever says it: a form or a program. */
export const EventForm = v.object({
	title: neededLine(120, 'events.title_needed', 'events.title_long'),
	text: v.optional(lines(textMax, 'events.text_long'), ''),
	day,
	starts: time,
	ends: time,
	/** Only when it is not the same day, nor the night that follows. */
	end_day: maybe(day),
	time_zone: v.optional(v.picklist(frenchZones, 'app.invalid_value'), 'Europe/Paris'),
	place_name: v.optional(line(160, 'events.place_long'), ''),
	street: v.optional(line(300, 'events.place_long'), ''),
	/** How one comes: a stop, a ramp, where to park. */
	access: v.optional(lines(500, 'events.access_long'), ''),
	commune: v.optional(line(100, 'events.commune_unknown'), ''),
	zone: v.optional(line(60, 'events.commune_unknown'), ''),
	online_url: v.optional(
		v.pipe(
			line(2000, 'events.link_shape'),
			v.check((text) => !text || isWebAddress(text), 'events.link_shape'),
		),
		'',
	),
	visibility: v.picklist(visibilities, 'events.visibility_needed'),
	capacity: v.optional(whole(1, 100_000, 'events.capacity_shape'), null),
	guests_allowed: v.optional(whole(0, guestsMax, 'events.guests_shape'), 0),
});
export type Said = v.InferOutput<typeof EventForm>;

/** A new event: where, and how it comes back. */
export const CreateForm = v.object({
	...EventForm.entries,
	/** Who organises: a unit, or a group. */
	unit: v.optional(v.union([v.literal(''), idText], 'app.invalid_value'), ''),
	group: v.optional(v.union([v.literal(''), idText], 'app.invalid_value'), ''),
	repeat: v.optional(v.picklist(['', ...rhythms], 'app.invalid_value'), ''),
	every: v.optional(whole(1, 12, 'events.every_shape'), 1),
	until: maybe(day),
	times: v.optional(whole(1, 200, 'events.times_shape'), null),
});
export type Creation = v.InferOutput<typeof CreateForm>;

/** A change: of this date alone, or of those that follow too. */
export const ChangeForm = v.object({
	...EventForm.entries,
	scope: v.optional(v.picklist(['this', 'following'], 'app.invalid_value'), 'this'),
	/** The state that was read: two editors do not overwrite each other. */
	sequence: v.optional(whole(0, 1_000_000, 'app.invalid_value'), null),
});
export type Change = v.InferOutput<typeof ChangeForm>;

export const CancelForm = v.object({
	reason: neededLine(500, 'events.reason_needed', 'events.reason_long'),
	scope: v.optional(v.picklist(['this', 'following'], 'app.invalid_value'), 'this'),
});

export const AnswerForm = v.object({
	presence: v.picklist(['coming', 'maybe', 'no'], 'events.answer_needed'),
	guests: v.optional(whole(0, guestsMax, 'events.guests_shape'), null),
});
