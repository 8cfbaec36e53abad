import * as v from 'valibot';
import { nounFields, nounFrom } from '#domains/territory/index.ts';
import { invalidField } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type House, type Lexicon, lexicons } from '#platform/wording/index.ts';
import { version } from './identity.ts';
import { change } from './organisation.ts';
import { followTypes } from './types-follow.ts';

/** The nouns that an organisation may make its own. */
export const entries = Object.keys(lexicons.coopol);
export type Entry = House['lexicon'][string];

export const isEntry = (name: string): boolean => entries.includes(name);

export const bases = Object.keys(lexicons) as (keyof typeof lexicons)[];
export const BaseForm = v.object({
	base: v.picklist(bases, 'admin.words_choose'),
	own: v.optional(v.picklist(['keep', 'drop']), 'keep'),
	version,
});

/** Starts from another ready lexicon; the words that the organisation wrote itself stay unless it says otherwise. */
export const chooseBase = (viewer: Viewer, { base, own, version }: v.InferOutput<typeof BaseForm>) =>
	change(viewer, {
		part: 'words',
		follow: followTypes,
		version,
		act: 'choose_lexicon',
		detail: { base, own },
		patch: ({ lexicon = {} }) => ({ base, lexicon: own === 'drop' ? {} : lexicon }),
	});

/** The forms of one noun, as typed: every gender and number in French, one and many in English, and what rules cannot guess. */
export const EntryForm = v.object({
	...nounFields,
	gender_n: v.optional(v.picklist(['', 'f', 'm'], 'app.invalid_value'), ''),
	one_dot: nounFields.one_n,
	many_dot: nounFields.many_n,
	aspirate: v.optional(v.picklist(['', 'yes', 'no'], 'app.invalid_value'), ''),
	an: v.optional(v.picklist(['', 'yes', 'no'], 'app.invalid_value'), ''),
	version,
});
export type TypedEntry = v.InferOutput<typeof EntryForm>;

/** The noun that was typed. Throws Invalid at each form that its gender needs and that is missing. */
export function entryFrom(typed: Omit<TypedEntry, 'version'>): Entry {
	const { fr, en } = nounFrom(typed);
	const { gender_n, one_dot, many_dot, aspirate, an } = typed;
	if (!one_dot !== !many_dot) throw invalidField(one_dot ? 'many_dot' : 'one_dot', 'admin.words_dot_both');
	return {
		fr: {
			...fr,
			...(fr.gender === 'n' && gender_n && { gender_n }),
			...(fr.gender === 'n' && one_dot && { one_dot, many_dot }),
			...(aspirate && { aspirate: aspirate === 'yes' }),
		},
		en: { ...en, ...(an && { an: an === 'yes' }) },
	};
}

/** Changes one noun of the house; every sentence that says it follows. */
export async function editEntry(viewer: Viewer, name: string, typed: TypedEntry): Promise<void> {
	const forms = entryFrom(typed);
	return change(viewer, {
		part: 'words',
		follow: followTypes,
		version: typed.version,
		act: 'edit_word',
		detail: { entry: name, one_f: forms.fr.one_f, one_m: forms.fr.one_m },
		patch: ({ lexicon = {} }) => ({ lexicon: { ...lexicon, [name]: forms } }),
	});
}

export const ResetForm = v.object({ version });

/** Goes back to the ready lexicon's word. */
export const resetEntry = (viewer: Viewer, name: string, { version }: v.InferOutput<typeof ResetForm>) =>
	change(viewer, {
		part: 'words',
		follow: followTypes,
		version,
		act: 'reset_word',
		detail: { entry: name },
		patch: ({ lexicon = {} }) => ({
			lexicon: Object.fromEntries(Object.entries(lexicon).filter(([key]) => key !== name)) as Lexicon,
		}),
	});
