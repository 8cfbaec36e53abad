import type { SubjectReader } from '#domains/safety/index.ts';
import { groupSaid } from './queries.ts';

const pageOf = (id: string) => `/groupes/${id}`;

/** How a group is read to who reports it; a secret one is judged by its words alone: its page is not theirs to open. */
export const reportedGroup: SubjectReader = {
	told: async (viewer, id) => {
		const { author, text, unitId } = await groupSaid(viewer, id);
		return { author, text, unitId, href: pageOf(id) };
	},
	judged: async (viewer, id) => {
		const { text, isShut } = await groupSaid(viewer, id);
		return { words: text, href: isShut ? '' : pageOf(id) };
	},
};
