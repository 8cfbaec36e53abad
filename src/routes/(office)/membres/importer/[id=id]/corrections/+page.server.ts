import { redirect } from '@sveltejs/kit';
import {
	choices,
	doubtfulLines,
	FixForm,
	fixAll,
	fixLine,
	isGroundBare,
	LineForm,
	mapValues,
	preview,
	problemsOf,
	showImport,
	shownColumns,
	stepOf,
	ValuesForm,
} from '#domains/imports/index.ts';
import { form } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({
	locals: { viewer, words },
	params: { id },
	url: { searchParams },
}) => {
	const one = await showImport(viewer, id);
	if (one.state !== 'checked')
		redirect(303, one.state === 'mapped' ? `/membres/importer/${id}/suivi` : stepOf(one));
	const asked = {
		code: /^[a-z_]{3,40}$/.exec(searchParams.get('probleme') ?? '')?.[0] ?? null,
		after: Number(/^\d{1,7}$/.exec(searchParams.get('apres') ?? '')?.[0] ?? 0),
	};
	const [groups, page, counts, all, isBare] = await Promise.all([
		problemsOf(viewer, id),
		doubtfulLines(viewer, id, asked),
		preview(viewer, id),
		choices(viewer, one.kind),
		isGroundBare(viewer),
	]);
	const code = groups.some((group) => group.code === asked.code) ? asked.code : null;
	return {
		title: words.say('imports.corrections_title'),
		view: { one, isBare, groups, page, preview: counts, choices: all, shown: shownColumns(one), code },
	};
};

export const actions = {
	fix: form(FixForm, async (viewer, input, { params }) => ({
		say: 'imports.fixed',
		args: { n: await fixAll(viewer, params.id!, input) },
	})),
	line: form(LineForm, async (viewer, input, { params }) => {
		await fixLine(viewer, params.id!, input);
		return { say: 'app.saved' };
	}),
	values: form(ValuesForm, async (viewer, input, { params }) => {
		await mapValues(viewer, params.id!, input);
		return { say: 'app.saved' };
	}),
} satisfies Actions;
