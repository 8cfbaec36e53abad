import { redirect } from '@sveltejs/kit';
import {
	AgainForm,
	bases,
	draftOf,
	FounderForm,
	fitsSetup,
	found,
	goOnFounding,
	IdentityForm,
	keepIdentity,
	keepLevels,
	keepWords,
	LevelsForm,
	mailsLeave,
	stepFor,
	takeSetupKey,
	usualLevels,
	WordsForm,
	waitingFounder,
} from '#domains/admin/index.ts';
import { whenceOf } from '#domains/people/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { lexicons } from '#platform/wording/index.ts';
import type { Actions, PageServerLoad } from './$types';
import { enterFounder, KeyForm, keepSetupKey, setupKey } from './key.ts';

export const load: PageServerLoad = async ({ locals: { viewer, house, words }, cookies, url }) => {
	const given = url.searchParams.get('jeton');
	if (fitsSetup(given)) {
		keepSetupKey({ cookies, url }, given!);
		redirect(303, '/premiers-pas');
	}
	const key = setupKey(cookies);
	const common = { title: words.say('admin.found_title'), frame: { coverSeed: 'founding', wide: true } };
	if (house.founded) {
		const waiting = await waitingFounder(viewer, key);
		if (!waiting) throw notFound();
		return { ...common, step: 'attente' as const, email: waiting.email, confirmed: waiting.confirmed };
	}
	if (!fitsSetup(key)) return { ...common, step: 'cle' as const, isKeyWrong: Boolean(given) };
	const draft = await draftOf(viewer, key);
	const options = bases.map((base) => ({ base, lexicon: lexicons[base] }));
	return {
		...common,
		step: stepFor(draft, url.searchParams.get('etape')),
		draft,
		usualLevels,
		options,
		language: words.language,
		sendsCode: mailsLeave(),
	};
};

const step = (name: string) => `/premiers-pas?etape=${name}`;

export const actions = {
	key: form(KeyForm, async (viewer, { jeton }, event) => {
		keepSetupKey(event, await takeSetupKey(viewer, jeton, event.getClientAddress()));
		return { to: '/premiers-pas' };
	}),
	name: form(IdentityForm, async (viewer, input, { cookies }) => {
		await keepIdentity(viewer, setupKey(cookies), input);
		return { to: step('niveaux') };
	}),
	levels: form(LevelsForm, async (viewer, input, { cookies }) => {
		await keepLevels(viewer, setupKey(cookies), input);
		return { to: step('mots') };
	}),
	words: form(WordsForm, async (viewer, input, { cookies }) => {
		await keepWords(viewer, setupKey(cookies), input);
		return { to: step('personne') };
	}),
	found: form(FounderForm, async (viewer, input, event) =>
		enterFounder(event, await found(viewer, setupKey(event.cookies), input, whenceOf(event))),
	),
	again: form(AgainForm, async (viewer, input, event) =>
		enterFounder(event, await goOnFounding(viewer, setupKey(event.cookies), input, whenceOf(event))),
	),
} satisfies Actions;
