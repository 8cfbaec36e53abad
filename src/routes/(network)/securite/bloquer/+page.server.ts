import { apartFrom, block, mute } from '#domains/friends/index.ts';
import { PersonForm } from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const id = url.searchParams.get('personne');
	if (!isId(id)) throw notFound();
	const person = await apartFrom(viewer, id);
	return { title: words.say('safety.keep_apart', { name: person.name }), person };
};

const undo = (action: string, person: string) => ({ action: `/securite?/${action}`, fields: { person } });

export const actions = {
	block: form(PersonForm, async (viewer, { person }) => {
		await block(viewer, person);
		return { to: '/securite', say: 'safety.block_done', undo: undo('unblock', person) };
	}),
	mute: form(PersonForm, async (viewer, { person }) => {
		await mute(viewer, person);
		return { to: '/securite', say: 'safety.mute_done', undo: undo('unmute', person) };
	}),
} satisfies Actions;
