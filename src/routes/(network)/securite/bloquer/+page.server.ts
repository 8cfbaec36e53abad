import { apartFrom, block, mute } from '#domains/friends/index.ts';
import { PersonForm, reported } from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import { form } from '#platform/http/form.ts';
import { isId } from '#platform/ids.ts';
import type { Actions, PageServerLoad } from './$types';

/** The words by which one comes here from the page of a report; null when none, or somebody else's. Throws NotFound when unseen. */
async function wordsRead(
	{ url, locals }: Pick<Parameters<PageServerLoad>[0], 'url' | 'locals'>,
	person: string,
) {
	const [kind, id] = [url.searchParams.get('kind'), url.searchParams.get('id')];
	if ((kind !== 'post' && kind !== 'comment' && kind !== 'message') || !isId(id)) return null;
	const what = await reported(locals.viewer, kind, id);
	return what.author.id === person ? what : null;
}

export const load: PageServerLoad = async ({ locals, url }) => {
	const id = url.searchParams.get('personne');
	if (!isId(id)) throw notFound();
	const words = await wordsRead({ locals, url }, id);
	const person = await apartFrom(locals.viewer, id, words !== null);
	const from = words && { query: `&kind=${words.kind}&id=${words.id}`, back: words.back };
	return { title: locals.words.say('safety.keep_apart', { name: person.name }), person, from };
};

const undo = (action: string, person: string) => ({ action: `/securite?/${action}`, fields: { person } });

export const actions = {
	block: form(PersonForm, async (viewer, { person }, event) => {
		await block(viewer, person, (await wordsRead(event, person)) !== null);
		return { to: '/securite', say: 'safety.block_done', undo: undo('unblock', person) };
	}),
	mute: form(PersonForm, async (viewer, { person }, event) => {
		await mute(viewer, person, (await wordsRead(event, person)) !== null);
		return { to: '/securite', say: 'safety.mute_done', undo: undo('unmute', person) };
	}),
} satisfies Actions;
