import * as v from 'valibot';
import { asSystem, type Tx } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import type { HouseSettings, LexiconName } from '#platform/house.ts';
import { saveSetting } from '#platform/settings.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { colour, organisationName } from '../identity.ts';
import { bases } from '../lexicon.ts';
import { manners, type Voice } from '../voice.ts';
import { type Level, type LevelsForm, levelsFrom, usualLevels } from './levels.ts';
import { fitsSetup } from './setup.ts';

/** What was answered so far: kept at each step, found again on any device. Nobody's name is in it. */
export interface Draft {
	identity?: Pick<HouseSettings, 'name' | 'colour' | 'language'>;
	levels?: Level[];
	words?: { base: LexiconName } & Pick<Voice, 'address' | 'inclusive'>;
}
export const steps = ['nom', 'niveaux', 'mots', 'personne'] as const;
export type Step = (typeof steps)[number];

export const IdentityForm = v.object({
	name: organisationName,
	colour,
	language: v.picklist(['fr', 'en'], 'admin.voice_choose'),
});
export const WordsForm = v.object({
	base: v.picklist(bases, 'admin.words_choose'),
	address: v.picklist(['tu', 'vous'], 'admin.voice_choose'),
	inclusive: v.picklist(manners, 'admin.voice_choose'),
});

const read = async (tx: Tx): Promise<Draft> =>
	(await tx.one<{ value: Draft }>(sql`select value from platform.setting where key = 'founding'`))?.value ??
	{};

/** Holds the founding until the transaction ends: one at a time. Throws NotFound once founded, or without the key. */
export async function holdFounding(tx: Tx, key: string | null): Promise<Draft> {
	if (!fitsSetup(key)) throw notFound();
	await tx.run(sql`select pg_advisory_xact_lock(hashtext('admin.founding'))`);
	const founded = await tx.one(sql`select 1 as founded from platform.setting where key = 'organisation'`);
	if (founded) throw notFound();
	return read(tx);
}

/** What was answered so far. Throws NotFound without the key. */
export const draftOf = (_viewer: Viewer, key: string | null): Promise<Draft> =>
	asSystem('founding', (tx) => holdFounding(tx, key));

const keep = (_viewer: Viewer, key: string | null, answer: (before: Draft) => Draft) =>
	asSystem('founding', async (tx) => {
		const before = await holdFounding(tx, key);
		await saveSetting(tx, 'founding', { ...before, ...answer(before) }, null);
	});

export const keepIdentity = (
	viewer: Viewer,
	key: string | null,
	identity: v.InferOutput<typeof IdentityForm>,
) => keep(viewer, key, () => ({ identity }));
export const keepLevels = (viewer: Viewer, key: string | null, typed: v.InferOutput<typeof LevelsForm>) =>
	keep(viewer, key, ({ levels = usualLevels }) => ({ levels: levelsFrom(typed, levels) }));
export const keepWords = (viewer: Viewer, key: string | null, words: v.InferOutput<typeof WordsForm>) =>
	keep(viewer, key, () => ({ words }));

/** The first step that was not answered yet. */
export function nextStep({ identity, levels, words }: Draft): Step {
	if (!identity) return 'nom';
	if (!levels) return 'niveaux';
	return words ? 'personne' : 'mots';
}

/** The step that is asked for, if everything before it was answered. */
export function stepFor(draft: Draft, asked: string | null): Step {
	const next = nextStep(draft);
	const wanted = steps.find((step) => step === asked);
	return wanted && steps.indexOf(wanted) <= steps.indexOf(next) ? wanted : next;
}
