import { journal } from '#domains/safety/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url: { searchParams: asked } }) => {
	const search = {
		act: asked.get('acte'),
		person: asked.get('personne'),
		unit: asked.get('unite'),
		before: asked.get('avant'),
	};
	return { title: words.say('safety.journal'), page: { ...(await journal(viewer, search)), search } };
};
