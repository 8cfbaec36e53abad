import { listStoppedBy, stopList } from '#domains/feed/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, params }) => {
	listStoppedBy(params.token);
	return { title: words.say('feed.list_stop_title') };
};

export const actions = {
	/** RFC 8058: a bare POST by a mail program, or the button. */
	default: async ({ locals, params }) => ({ stopped: await stopList(locals.viewer, params.token) }),
} satisfies Actions;
