import { editGate, GateForm, gateList, kindNames, previewGate, ruleFrom } from '#domains/territory/index.ts';
import { declaredApps } from '#platform/apps.ts';
import { form, look, parse } from '#platform/http/form.ts';
import type { PageServerLoad } from './$types';

/** Who is let into which app. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const gates = await gateList(viewer);
	const chosen = gates.find(({ app }) => !app.fixed && app.name === url.searchParams.get('app')) ?? null;
	return {
		title: words.say('territory.gate_app'),
		gates,
		chosen,
		kinds: await kindNames(viewer),
		powers: declaredApps().powers,
	};
};

export const actions = {
	preview: look((viewer, values) => previewGate(viewer, ruleFrom(parse(GateForm, values)))),
	edit: form(GateForm, async (viewer, input) => {
		await editGate(viewer, input);
		return { to: '/administration/apps', say: 'app.saved' };
	}),
};
