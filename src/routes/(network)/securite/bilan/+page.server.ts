import { figures } from '#domains/safety/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const now = new Date().getFullYear();
	const asked = Number(url.searchParams.get('annee') ?? now);
	const year = Number.isInteger(asked) && asked > 2000 && asked <= now ? asked : now;
	return { title: words.say('safety.figures', { year: String(year) }), figures: await figures(viewer, year) };
};
