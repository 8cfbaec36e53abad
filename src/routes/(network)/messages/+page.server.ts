import { conversationsOf, countRequests, markDelivered, officesToWriteFor } from '#domains/messages/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words }, url }) => {
	await markDelivered(viewer);
	const [{ lines, next }, requests, offices] = await Promise.all([
		conversationsOf(viewer, { before: url.searchParams.get('avant') }),
		countRequests(viewer),
		officesToWriteFor(viewer),
	]);
	return { title: words.say('messages.title'), list: { lines, next, requests, offices } };
};
