import * as v from 'valibot';
import { idText, line, lines } from '#platform/text/typed.ts';

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
	aim: v.pipe(lines(purposeMax, 'groups.purpose_long'), v.minLength(10, 'groups.purpose_needed')),
	rules: v.optional(lines(rulesMax, 'groups.rules_long'), ''),
	visibility: v.pipe(v.optional(v.string(), ''), v.picklist(visibilities, 'groups.visibility_needed')),
	subjects: v.optional(v.pipe(v.array(idText), v.maxLength(subjectsMax, 'groups.subjects_many')), []),
};

/** A word to somebody: why one asks, why one excludes. */
export const noteText = v.optional(lines(500, 'groups.note_long'), '');
export const PersonForm = v.object({ person: idText });
