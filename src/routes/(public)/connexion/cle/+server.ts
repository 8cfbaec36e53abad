import { askPasskey, enterWithPasskey, goOn, siteOf, whenceOf } from '#domains/people/index.ts';
import { answerJson, readJson } from '#platform/http/script.ts';
import type { RequestHandler } from './$types';

/** What the browser needs to ask for a passkey. */
export const POST: RequestHandler = (event) =>
	answerJson(event, () => askPasskey(siteOf(event.url), event.locals.viewer));

/** The passkey's answer: signs in, and says where to go. */
export const PUT: RequestHandler = (event) =>
	answerJson(event, async () => {
		const entered = await enterWithPasskey(
			event.locals.viewer,
			await readJson(event, 'people.passkey_refused'),
			siteOf(event.url),
			whenceOf(event),
		);
		return { to: goOn(event, entered).to };
	});
