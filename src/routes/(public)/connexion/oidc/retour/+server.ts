import { redirect } from '@sveltejs/kit';
import { finishOidc, goOn, stepOf, whenceOf } from '#domains/people/index.ts';
import { leaveNote } from '#platform/http/form.ts';
import { ownPath } from '#platform/http/next.ts';
import type { RequestHandler } from './$types';

/** Back from the organisation's own sign-in. */
export const GET: RequestHandler = async (event) => {
	const result = await finishOidc(
		event.locals.viewer,
		stepOf(event.cookies, 'oidc'),
		event.url,
		whenceOf(event),
	);
	if (result.kind === 'entered') redirect(303, goOn(event, result.entered, ownPath(result.next)).to);
	leaveNote(event, { say: result.say });
	redirect(303, ownPath(result.to));
};
