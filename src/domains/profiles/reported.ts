import type { SubjectReader } from '#domains/safety/index.ts';
import { showPerson } from './show.ts';

/** How a profile is read to who reports it or judges it: a name, and the page itself. */
export const reportedProfile: SubjectReader = {
	told: async (viewer, id) => {
		const { name } = await showPerson(viewer, id);
		return { author: { id, name }, text: '', unitId: null, href: `/personnes/${id}` };
	},
};
