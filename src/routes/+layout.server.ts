import { takeNote } from '#platform/http/form.ts';
import { newId } from '#platform/ids.ts';
import type { LayoutServerLoad } from './$types';

/** Pages are HTML: nothing is hydrated, and nothing needs a script. */
export const csr = false;

export const load: LayoutServerLoad = (event) => ({
	house: event.locals.house,
	language: event.locals.words.language,
	viewer: event.locals.viewer,
	note: takeNote(event),
	/** One-time key for this page's forms: a double submit is done once. */
	key: newId(),
});
