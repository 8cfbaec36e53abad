import { addPasskey, offerPasskey, siteOf, whenceOf } from '#domains/people/index.ts';
import { answerJson, readJson } from '#platform/http/script.ts';
import { keepSession } from '#platform/http/session-cookie.ts';
import type { RequestHandler } from './$types';

/** What the browser needs to make a passkey. */
export const POST: RequestHandler = (event) =>
	answerJson(event, () => offerPasskey(event.locals.viewer, siteOf(event.url)));

/** Keeps the passkey that was made. */
export const PUT: RequestHandler = (event) =>
	answerJson(event, async () => {
		const name = whenceOf(event).device || event.locals.words.say('people.device_unknown');
		keepSession(
			event.cookies,
			event.url,
			await addPasskey(
				event.locals.viewer,
				await readJson(event, 'people.passkey_refused'),
				siteOf(event.url),
				name,
			),
		);
		return { to: '/compte/securite' };
	});
