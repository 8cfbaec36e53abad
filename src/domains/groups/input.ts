import * as v from 'valibot';

/** An id sent by a page or a program. */
export const idText = v.pipe(
	v.string('app.invalid_value'),
	v.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'app.invalid_value'),
);

const unwritable = /(?![\n\t])\p{Cc}/gu;
const readable = (text: string) => text.replace(/\r\n?/g, '\n').replace(unwritable, '').toWellFormed().trim();

/** A text of several lines, at most `most` characters, or the problem `key`. */
export const words = (most: number, key: string) =>
	v.pipe(v.string(key), v.transform(readable), v.maxLength(most, key));

/** A text on one line. */
export const line = (most: number, key: string) =>
	v.pipe(
		v.string(key),
		v.transform((text) => readable(text).replace(/\s+/g, ' ')),
		v.maxLength(most, key),
	);

/** Who finds a group and who comes in. */
export const visibilities = ['open', 'closed', 'secret'] as const;
export type Visibility = (typeof visibilities)[number];

export const nameMax = 80;
export const purposeMax = 600;
export const rulesMax = 4000;
/** Subjects of one group. */
export const subjectsMax = 3;

/** What a group says of itself. */
export const about = {
	name: v.pipe(line(nameMax, 'groups.name_long'), v.minLength(3, 'groups.name_needed')),
	/** Its purpose; `purpose` is a word of the page's own in forms. */
	aim: v.pipe(words(purposeMax, 'groups.purpose_long'), v.minLength(10, 'groups.purpose_needed')),
	rules: v.optional(words(rulesMax, 'groups.rules_long'), ''),
	visibility: v.pipe(v.optional(v.string(), ''), v.picklist(visibilities, 'groups.visibility_needed')),
	subjects: v.optional(v.pipe(v.array(idText), v.maxLength(subjectsMax, 'groups.subjects_many')), []),
};

/** A word to somebody: why one asks, why one excludes. */
export const noteText = v.optional(words(500, 'groups.note_long'), '');
export const PersonForm = v.object({ person: idText });
