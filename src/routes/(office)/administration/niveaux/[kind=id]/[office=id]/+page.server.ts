import {
	EditOfficeForm,
	editOffice,
	neverLent,
	officePage,
	RetireOfficeForm,
	retireOffice,
} from '#domains/territory/index.ts';
import { form } from '#platform/http/form.ts';
import { powers } from '#registry.ts';
import type { PageServerLoad } from './$types';

/** One office: its name, and what it lets its holders do. */
export const load: PageServerLoad = async ({ locals, params }) => ({
	title: locals.words.say('territory.kind_offices'),
	office: await officePage(locals.viewer, params.office),
	powers,
	never: neverLent,
});

export const actions = {
	edit: form(EditOfficeForm, async (viewer, input) => {
		await editOffice(viewer, powers, input);
		return { say: 'app.saved' };
	}),
	retire: form(RetireOfficeForm, async (viewer, input, { params }) => {
		await retireOffice(viewer, input);
		return { to: `/administration/niveaux/${params.kind}`, say: 'territory.office_was_retired' };
	}),
};
