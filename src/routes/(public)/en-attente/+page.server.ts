import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { words } }) => ({ title: words.say('shell.later_title') });
