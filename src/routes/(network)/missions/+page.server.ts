import * as v from 'valibot';
import { callableUnits, enrol, leave, missionsFor, OneForm, viewAsked } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const { view, before } = viewAsked(url);
	const [found, units] = await Promise.all([missionsFor(viewer, view, before), callableUnits(viewer)]);
	const mayTally = units.some(({ official }) => official);
	return {
		title: words.say('missions.title'),
		page: { ...found, view, mayCall: units.length > 0, mayTally },
	};
};

const Form = v.object({ ...OneForm.entries, back: v.optional(v.string()) });
/** Back to where one touched: the mission's page, or its line. */
const to = (id: string, back: string | undefined) => (isId(back) ? `/missions/${back}` : `/missions#m-${id}`);
const undo = (act: string, id: string) => ({ action: `/missions?/${act}`, fields: { id, back: id } });

export const actions = {
	enrol: form(Form, async (viewer, { id, back }) => {
		await enrol(viewer, id);
		return { to: to(id, back), say: 'missions.enrolled', undo: undo('leave', id) };
	}),
	leave: form(Form, async (viewer, { id, back }) => {
		await leave(viewer, id);
		return { to: to(id, back), say: 'missions.left', undo: undo('enrol', id) };
	}),
} satisfies Actions;
