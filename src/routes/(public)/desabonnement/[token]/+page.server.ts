import { stopMails, stoppedBy } from '#domains/notices/index.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words }, params }) => ({
	title: words.say('notices.stop_title'),
	category: stoppedBy(params.token).category,
});

export const actions = {
	/** RFC 8058: a bare POST by a mail program, or the button. */
	default: async ({ locals, params }) => ({ stopped: await stopMails(locals.viewer, params.token) }),
} satisfies Actions;
