import { viewersOfSessions } from '#domains/territory/index.ts';
import { sessionCookie } from '#platform/http/session-cookie.ts';
import { createHub } from '#platform/live/hub.ts';
import { apps, live } from '#registry.ts';
import type { RequestHandler } from './$types';

const hub = createHub(live, (secrets) => viewersOfSessions(secrets, apps));

/** What happens, as it happens: `posts` and `notices`. Ends within five seconds of the session. */
export const GET: RequestHandler = async ({ locals, cookies, url }) => {
	const secret = cookies.get(sessionCookie(url)) ?? '';
	return new Response(await hub.open(locals.viewer, secret), {
		headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
	});
};
