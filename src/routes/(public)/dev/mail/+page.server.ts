import { recentMails } from '#platform/mail/recent.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	title: locals.words.say('shell.mails'),
	mails: await recentMails(),
	frame: { wide: true },
});
