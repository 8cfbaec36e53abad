import { conversationsOf } from '#domains/messages/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	const { lines, next } = await conversationsOf(viewer, {
		before: url.searchParams.get('avant'),
		requests: true,
	});
	return { title: words.say('messages.requests'), list: { lines, next, requests: null, offices: [] } };
};
