import { officersNamed, rights, why } from '#domains/territory/index.ts';
import { isId } from '#platform/ids.ts';
import { powers } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** Who may do what, and why this person may do that. */
export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const text = (name: string) => url.searchParams.get(name) ?? '';
	const asked = {
		who: text('qui').trim(),
		isEmpty: url.searchParams.get('qui')?.trim() === '',
		power: powers.includes(text('pouvoir')) ? text('pouvoir') : (powers[0] ?? ''),
	};
	const people = asked.who ? await officersNamed(viewer, asked.who) : [];
	const person = isId(text('personne')) ? text('personne') : people.length === 1 ? people[0]!.id : null;
	const answer = person ? { ...(await why(viewer, person, asked.power)), power: asked.power } : null;
	return {
		title: words.say('territory.office_rights_app'),
		...(await rights(viewer)),
		powers,
		asked,
		people,
		answer,
	};
};
