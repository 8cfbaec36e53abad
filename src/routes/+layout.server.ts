import { takeNote } from '#platform/http/form.ts';
import { newId } from '#platform/ids.ts';
import { apps } from '#registry.ts';
import { navigation } from './shell/navigation.ts';
import type { LayoutServerLoad } from './$types';

/** Pages are HTML: nothing is hydrated, and nothing needs a script. */
export const csr = false;

export const load: LayoutServerLoad = (event) => ({
	house: event.locals.house,
	// Not plain data: pages are rendered here and nothing is sent as JSON (hooks refuse data requests).
	words: event.locals.words,
	viewer: event.locals.viewer,
	nav: navigation(apps, event.locals.viewer, event.locals.words, event.url.pathname),
	note: takeNote(event),
	/** One-time key for this page's forms: a double submit is done once. */
	key: newId(),
});
