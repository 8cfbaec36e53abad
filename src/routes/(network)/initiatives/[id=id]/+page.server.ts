import * as v from 'valibot';
import { idea, PersonForm, showIdea } from '#domains/missions/index.ts';
import { form } from '#platform/http/form.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const one = await showIdea(viewer, params.id);
	return { title: one.title, one };
};

const one = (act: (viewer: Viewer, id: string) => Promise<void>, say: string) =>
	form(v.object({}), async (viewer, _input, { params }) => act(viewer, params.id!).then(() => ({ say })));
const onPerson = (act: typeof idea.accept, say: string) =>
	form(PersonForm, async (viewer, input, { params }) => act(viewer, params.id!, input).then(() => ({ say })));

export const actions = {
	support: one(idea.support, 'missions.idea_thanks'),
	withdraw: one(idea.withdraw, 'missions.idea_withdrawn'),
	ask: one(idea.ask, 'missions.idea_asked'),
	quit: one(idea.quit, 'missions.idea_quit_done'),
	accept: onPerson(idea.accept, 'missions.idea_accepted'),
	decline: onPerson(idea.decline, 'missions.idea_declined'),
	close: one(idea.closeIdea, 'missions.idea_close_done'),
} satisfies Actions;
