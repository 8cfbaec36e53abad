import {
	DecideForm,
	decideProposal,
	leftBehind,
	myImports,
	openProposals,
	StartForm,
	scopesOf,
	startImport,
	whoImports,
} from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [scopes, imports, left, proposals] = await Promise.all([
		scopesOf(viewer),
		myImports(viewer),
		leftBehind(viewer),
		openProposals(viewer),
	]);
	return {
		title: words.say('imports.title'),
		scopes,
		holders: scopes.length ? [] : await whoImports(viewer),
		imports,
		left,
		proposals,
	};
};

export const actions = {
	start: form(
		StartForm,
		async (viewer, input) => ({ to: `/membres/importer/${await startImport(viewer, input)}/colonnes` }),
		{ keepsFiles: true },
	),
	decide: form(DecideForm, async (viewer, input) => {
		const id = await decideProposal(viewer, input);
		return id ? { to: `/membres/importer/${id}/suivi` } : { say: 'imports.proposal_refused' };
	}),
} satisfies Actions;
