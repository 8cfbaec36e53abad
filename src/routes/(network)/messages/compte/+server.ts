import { markDelivered, unreadMessages } from '#domains/messages/index.ts';
import type { RequestHandler } from './$types';

/** How many conversations wait, for an open page that heard of something; what reached a device is delivered. */
export const GET: RequestHandler = async ({ locals: { viewer, words } }) => {
	await markDelivered(viewer);
	const count = await unreadMessages(viewer);
	return Response.json(
		{ count, label: words.spoken('messages.unread_n', { n: count }) },
		{ headers: { 'cache-control': 'no-store' } },
	);
};
