import type * as v from 'valibot';
import { read } from '#platform/db.ts';
import { house, lexiconFrom } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { House } from '#platform/wording/index.ts';
import type { Theme } from '#ui/theme.ts';
import { type ColourForm, previewColour } from './identity.ts';
import { type BaseForm, type EntryForm, entries, entryFrom } from './lexicon.ts';
import { stored } from './organisation.ts';
import { insist } from './policy.ts';
import { nounPhrases, type Phrase, sentencesChanged, sentencesWith } from './sentences.ts';
import type { VoiceForm } from './voice.ts';

/** What is looked at is of no version; a page sends one all the same. */
type Shown<Form extends v.GenericSchema> = Omit<v.InferOutput<Form>, 'version'> & { version?: string };

/** How the house speaks now, for who keeps its words. Throws NotFound. */
const now = async (viewer: Viewer): Promise<House> => {
	await read(viewer, (tx) => insist(tx, viewer));
	const { name, language, address, inclusive, lexicon, timeZone } = await house();
	return { name, language, address, inclusive, lexicon, timeZone };
};

/** One noun in phrases and in true sentences, before and after; nothing is changed. Throws NotFound, Invalid. */
export async function previewEntry(
	viewer: Viewer,
	entry: string,
	typed: Shown<typeof EntryForm>,
): Promise<{ phrases: Phrase[]; sentences: Phrase[] }> {
	const before = await now(viewer);
	const after = { ...before, lexicon: { ...before.lexicon, [entry]: entryFrom(typed) } };
	return { phrases: nounPhrases(entry, before, after), sentences: sentencesWith(entry, before, after) };
}

/** The theme that a colour would make, for who keeps the look. Throws NotFound. */
export async function previewTheme(viewer: Viewer, { colour }: Shown<typeof ColourForm>): Promise<Theme> {
	await now(viewer);
	return previewColour(colour);
}

/** True sentences of the program in another voice. */
export async function previewVoice(
	viewer: Viewer,
	{ address, inclusive, language }: Shown<typeof VoiceForm>,
): Promise<Phrase[]> {
	const before = await now(viewer);
	return sentencesChanged(before, { ...before, address, inclusive, language });
}

/** Every noun as another ready lexicon says it, the organisation's own words kept or not. */
export async function previewBase(viewer: Viewer, { base, own }: Shown<typeof BaseForm>): Promise<Phrase[]> {
	const before = await now(viewer);
	const { lexicon } = await read(viewer, (tx) => stored(tx));
	const after = { ...before, lexicon: lexiconFrom({ base, lexicon: own === 'keep' ? (lexicon ?? {}) : {} }) };
	return entries.flatMap((entry) => nounPhrases(entry, before, after).filter(({ slot }) => slot === 'many'));
}
