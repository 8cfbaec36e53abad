import { fail } from '@sveltejs/kit';
import { bondWith } from '#domains/friends/index.ts';
import { OpenForm, openContact, openPerson } from '#domains/profiles/index.ts';
import { Refusal } from '#platform/errors.ts';
import { parse, readFields } from '#platform/http/form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer }, params }) => {
	const [person, bond] = await Promise.all([openPerson(viewer, params.id), bondWith(viewer, params.id)]);
	return { title: person.name, person, bond };
};

export const actions = {
	// What is opened is shown on this page and nowhere else: not a redirect, so that no address holds it.
	open: async (event) => {
		const { viewer } = event.locals;
		const values = await readFields(event, viewer);
		try {
			return { opened: await openContact(viewer, event.params.id, parse(OpenForm, values)) };
		} catch (error) {
			if (!(error instanceof Refusal) || !error.problems.length) throw error;
			return fail(error.status, {
				values: { reason: String(values.reason ?? '') },
				problems: error.problems,
			});
		}
	},
} satisfies Actions;
