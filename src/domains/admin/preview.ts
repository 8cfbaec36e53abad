import type * as v from 'valibot';
import { read } from '#platform/db.ts';
import { house, lexiconFrom } from '#platform/house.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { House } from '#platform/wording/index.ts';
import { type BaseForm, type EntryForm, entries, entryFrom } from './lexicon.ts';
import { stored } from './organisation.ts';
import { insist } from './policy.ts';
import { nounPhrases, type Phrase, sentencesChanged, sentencesWith } from './sentences.ts';
import type { VoiceForm } from './voice.ts';

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
	typed: v.InferOutput<typeof EntryForm>,
): Promise<{ phrases: Phrase[]; sentences: Phrase[] }> {
	const before = await now(viewer);
	const after = { ...before, lexicon: { ...before.lexicon, [entry]: entryFrom(typed) } };
	return { phrases: nounPhrases(entry, before, after), sentences: sentencesWith(entry, before, after) };
}

/** True sentences of the program in another voice. */
export async function previewVoice(
	viewer: Viewer,
	{ address, inclusive, language }: v.InferOutput<typeof VoiceForm>,
): Promise<Phrase[]> {
	const before = await now(viewer);
	return sentencesChanged(before, { ...before, address, inclusive, language });
}

/** Every noun as another ready lexicon says it, the organisation's own words kept or not. */
export async function previewBase(
	viewer: Viewer,
	{ base, own }: v.InferOutput<typeof BaseForm>,
): Promise<Phrase[]> {
	const before = await now(viewer);
	const { lexicon } = await read(viewer, (tx) => stored(tx));
	const after = { ...before, lexicon: lexiconFrom({ base, lexicon: own === 'keep' ? (lexicon ?? {}) : {} }) };
	return entries.flatMap((entry) => nounPhrases(entry, before, after).filter(({ slot }) => slot === 'many'));
}
