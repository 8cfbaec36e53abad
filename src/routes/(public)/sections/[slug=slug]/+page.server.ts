import { nextPublicOf } from '#domains/events/index.ts';
import { publicMissionsOf } from '#domains/missions/index.ts';
import { ContactForm, contactUnit, listUnits, showUnit } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { isActive } from '#platform/viewer.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
	const unit = await showUnit(locals.viewer, params.slug);
	const below = await listUnits(locals.viewer, { parentId: unit.id, cursor: url.searchParams.get('suite') });
	const [events, missions] = await Promise.all([nextPublicOf(unit.id), publicMissionsOf(unit.id)]);
	const visiting = !isActive(locals.viewer);
	return { title: unit.name, frame: { wide: true }, unit, below, events, missions, visiting };
};

export const actions = {
	write: form(ContactForm, async (viewer, letter, { params, getClientAddress }) => {
		await contactUnit(viewer, params.slug ?? '', letter, getClientAddress());
		return {
			to: `/sections/${params.slug}`,
			say: 'territory.unit_contact_sent',
			draftDone: `visitor:${params.slug}`,
		};
	}),
};
