import { commentAt } from '#domains/notices/index.ts';
import type { SubjectReader } from '#domains/safety/index.ts';
import { said } from './said.ts';

const toldAs = (kind: 'post' | 'comment'): SubjectReader['told'] => {
	return async (viewer, id) => {
		const { author, text, unitId, postId: placeId, hostId } = await said(viewer, kind, id);
		return { author, text, unitId, placeId, hostId, href: `/publications/${placeId}` };
	};
};

/** How a post is read to who reports it or judges it. */
export const reportedPost: SubjectReader = { told: toldAs('post') };

/** How a comment is: who judges it is led to it among the others. */
export const reportedComment: SubjectReader = {
	told: toldAs('comment'),
	judged: async (viewer, id) => {
		const { text, postId } = await said(viewer, 'comment', id);
		return { words: text, href: commentAt(postId, id) };
	},
};
