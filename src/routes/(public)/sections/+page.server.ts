import { listUnits, unitsAround } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
	const found = await listUnits(locals.viewer, { q, cursor: url.searchParams.get('suite') });
	return {
		title: locals.words.say('territory.unit_directory'),
		frame: { wide: true },
		q,
		found,
		around: q ? await unitsAround(locals.viewer, q) : [],
	};
};
