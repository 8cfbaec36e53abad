import { listUnits, unitsAround } from '#domains/territory/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const q = (url.searchParams.get('q') ?? '').trim().slice(0, 60);
	const found = await listUnits(locals.viewer, { q, cursor: url.searchParams.get('suite') });
	const [top, ...others] = found.units;
	// One root says little by itself: what is right under it comes with it.
	const isTop = !q && top && !others.length;
	return {
		title: locals.words.say('territory.unit_directory'),
		frame: { wide: true },
		q,
		found,
		below: isTop ? (await listUnits(locals.viewer, { parentId: top.id })).units : [],
		around: q ? await unitsAround(locals.viewer, q) : [],
	};
};
