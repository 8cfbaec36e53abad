import { health, opening } from '#domains/admin/index.ts';
import { notFound } from '#platform/errors.ts';
import { apps, routes } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** Where this office's pages of administration are, and how the house is. */
export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const isOpen = ({ name, href }: (typeof apps)[number]) =>
		viewer.apps.includes(name) &&
		/^\/(?:administration|membres\/importer)(?:\/|$)/.test(href) &&
		href !== '/administration';
	const others = apps.filter(isOpen).map(({ label, hint, icon, href }) => ({ label, hint, icon, href }));
	const found = await health(viewer);
	if (!found && !others.length) throw notFound();
	return {
		title: words.say('admin.app'),
		others,
		health: found,
		opening: await opening(viewer),
		laysTerritory: 'GET /membres/importer/territoire' in routes,
	};
};
