import * as v from 'valibot';
import { idText, onOneLine, readable } from '#platform/text/typed.ts';

/** What is done on the ground; the first ones are field work. */
export const missionKinds = ['leaflets', 'doors', 'stand', 'posters', 'other'] as const;
export type MissionKind = (typeof missionKinds)[number];
/** Who sees a mission or an idea; a mission of a unit may be everybody's to read. */
export const audiences = ['unit', 'network'] as const;
export const missionAudiences = [...audiences, 'public'] as const;

/** Longest texts, in characters. */
export const titleMax = 120;
export const textMax = 4000;
export const neededMax = 500;

/** Words on one line: at least one sign, at most so many. */
export const line = (most: number, missing: string, long: string) =>
	v.pipe(
		v.optional(v.string(missing), ''),
		v.transform(onOneLine),
		v.nonEmpty(missing),
		v.maxLength(most, long),
	);

/** Words on several lines, that may be missing. */
export const words = (most: number, long: string) =>
	v.pipe(v.optional(v.string(long), ''), v.transform(readable), v.maxLength(most, long));

/** A whole number as a form or a program sends it; an empty field is none. */
export const count = (most: number, key: string) =>
	v.pipe(
		v.optional(v.union([v.string(), v.number()], key), ''),
		v.transform((typed) => {
			const text = String(typed).trim();
			return text === '' ? null : /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
		}),
		v.check((n) => n === null || (n >= 0 && n <= most), key),
	);

const number = v.pipe(
	count(neededMax, 'missions.needed_shape'),
	v.check((n) => n !== null && n >= 1, 'missions.needed_shape'),
	v.transform((n) => n as number),
);

const common = {
	kind: v.pipe(
		v.optional(v.string('missions.kind_needed'), ''),
		v.picklist(missionKinds, 'missions.kind_needed'),
	),
	title: line(titleMax, 'missions.title_needed', 'missions.title_long'),
	text: words(textMax, 'missions.text_long'),
	audience: v.optional(v.picklist(missionAudiences, 'missions.audience_needed'), 'unit'),
	day: v.pipe(v.optional(v.string(), ''), v.regex(/^\d{4}-\d{2}-\d{2}$/, 'missions.day_needed')),
	starts: v.pipe(v.optional(v.string(), ''), v.regex(/^\d{2}:\d{2}$/, 'missions.hour_needed')),
	ends: v.pipe(v.optional(v.string(), ''), v.regex(/^\d{2}:\d{2}$/, 'missions.hour_needed')),
	needed: number,
};
const place = line(200, 'missions.place_needed', 'missions.place_long');

/** A new mission; `official` makes it the unit's. */
export const CreateForm = v.object({
	unit: idText,
	official: v.optional(v.string()),
	/** The idea it comes of. */
	initiative: v.optional(idText),
	...common,
	place,
});
export type Call = v.InferOutput<typeof CreateForm>;

/** One mission for each station of a selection that is given to a unit. */
export const FromTargetsForm = v.object({ targets: idText, ...common });
export type FromTargets = v.InferOutput<typeof FromTargetsForm>;

/** Corrects a mission, as it was read at this version. */
export const EditForm = v.object({
	...common,
	place,
	version: v.pipe(v.union([v.string(), v.number()]), v.transform(Number), v.integer('app.invalid_value')),
});
export type Change = v.InferOutput<typeof EditForm>;

/** Why it does not take place: everybody who was to come reads it. */
export const CancelForm = v.object({ reason: line(500, 'missions.reason_needed', 'missions.reason_long') });

const most = 1_000_000;
/** What was counted, and who came. */
export const CloseForm = v.object({
	people: v.pipe(
		count(most, 'missions.count_shape'),
		v.check((n) => n !== null, 'missions.people_needed'),
		v.transform((n) => n as number),
	),
	doors: count(most, 'missions.count_shape'),
	leaflets: count(most, 'missions.count_shape'),
	report: words(2000, 'missions.report_long'),
	came: v.optional(v.pipe(v.array(idText), v.maxLength(neededMax, 'app.invalid_value')), []),
});
export type Report = v.InferOutput<typeof CloseForm>;

export const OneForm = v.object({ id: idText });
export const AttendForm = v.object({ came: CloseForm.entries.came });
