import * as v from 'valibot';
import { type Operation, operation } from '#platform/domain.ts';
import type { Viewer } from '#platform/viewer.ts';
import { entryNamed } from './entry-named.ts';
import { ColourForm } from './identity.ts';
import { BaseForm, EntryForm } from './lexicon.ts';
import { previewBase, previewEntry, previewTheme, previewVoice } from './preview.ts';
import { VoiceForm } from './voice.ts';

const reads = { gate: 'office', rule: 'platform.setting.see', scope: 'organisation:read' } as const;
const base = '/api/v1/organisation';

const phrase = v.object({
	language: v.string(),
	slot: v.optional(v.string()),
	before: v.string(),
	after: v.string(),
	isSame: v.boolean(),
});
const phrases = v.object({ phrases: v.array(phrase) });
const colours = v.record(v.string(), v.string());

/** What a form of the settings would change, sent as that form is, without version; nothing is kept. */
const look = <E extends v.ObjectEntries, Out extends v.GenericSchema>(
	summary: string,
	form: { entries: E },
	output: Out,
	act: (
		viewer: Viewer,
		typed: v.InferOutput<v.StrictObjectSchema<E, undefined>>,
		params: Record<string, string>,
	) => Promise<unknown>,
): Operation =>
	operation({
		...reads,
		summary: `${summary}; changes nothing`,
		input: v.strictObject(form.entries),
		output,
		act,
	});

/** What the pages of the settings show before one saves, for programs of who keeps them. */
export const previewApi: Record<string, Operation> = {
	[`POST ${base}/colour/preview`]: look(
		'The theme that a colour would make: every pair of its colours is readable',
		v.omit(ColourForm, ['version']),
		v.object({
			...{ ramp: colours, accent: v.string() },
			...{ accentSoft: v.string(), accentSoftDark: v.string() },
		}),
		previewTheme,
	),
	[`POST ${base}/voice/preview`]: look(
		'True sentences of the house as another voice would say them',
		v.omit(VoiceForm, ['version']),
		phrases,
		async (viewer, typed) => ({ phrases: await previewVoice(viewer, typed) }),
	),
	[`POST ${base}/words/preview`]: look(
		'Every noun as another ready lexicon says it',
		v.omit(BaseForm, ['version']),
		phrases,
		async (viewer, typed) => ({ phrases: await previewBase(viewer, typed) }),
	),
	[`POST ${base}/words/[entry]/preview`]: look(
		'One noun of the lexicon in its turns of phrase, and in true sentences that say it',
		v.omit(EntryForm, ['version']),
		v.object({ ...phrases.entries, sentences: v.array(phrase) }),
		(viewer, typed, params) => previewEntry(viewer, entryNamed(params), typed),
	),
};
