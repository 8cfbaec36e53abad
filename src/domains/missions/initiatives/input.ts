import * as v from 'valibot';
import { idText } from '#platform/text/typed.ts';
import { audiences, line, titleMax, words } from '../input.ts';

/** Longest text of an idea, or of a petition. */
export const ideaMax = 8000;

/** Words that an idea cannot do without. */
export const ideaText = v.pipe(
	words(ideaMax, 'missions.idea_text_long'),
	v.nonEmpty('missions.idea_text_needed'),
);

/** A new idea; `official` makes it the unit's. */
export const ProposeForm = v.object({
	unit: idText,
	official: v.optional(v.string()),
	title: line(titleMax, 'missions.title_needed', 'missions.title_long'),
	text: ideaText,
	audience: v.optional(v.picklist(audiences, 'missions.audience_needed'), 'unit'),
});
export type Proposal = v.InferOutput<typeof ProposeForm>;

/** Somebody who asked to be of the team, or is. */
export const PersonForm = v.object({ person: idText });
