import { redirect } from '@sveltejs/kit';
import { arrivalOf, nextStep, offeredTypes, SettleForm, settleIn } from '#domains/people/index.ts';
import { countMove, joinUnit, showInvitation, useInvitation } from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { placesAsked } from '../places.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const [arrival, types] = await Promise.all([arrivalOf(viewer), offeredTypes(viewer)]);
	if (!nextStep(arrival)) redirect(303, '/ma-section');
	return {
		title: words.say('people.where_title'),
		frame: { title: words.say('people.my_section'), backHref: '/fil' },
		types,
		type: arrival?.type ?? null,
		...(await placesAsked(viewer, words, url, arrival)),
	};
};

export const actions = {
	default: form(SettleForm, async (viewer, input) => {
		const arrival = await arrivalOf(viewer);
		// Who is in already moves from the page of a unit, as anybody does.
		if (!nextStep(arrival)) return { to: '/ma-section' };
		const invitation = arrival?.invitation;
		const invited = invitation ? await showInvitation(invitation) : null;
		if (input.unit) await countMove(viewer, input.unit);
		await settleIn(viewer, input, async (tx, personId, unitId) => {
			await joinUnit(tx, personId, unitId);
			if (invitation && invited?.unit.id === unitId) await useInvitation(tx, invitation);
		});
		return { to: '/bienvenue/reglages' };
	}),
} satisfies Actions;
