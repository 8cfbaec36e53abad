import { unreadMessages } from '#domains/messages/index.ts';
import { unread } from '#domains/notices/index.ts';
import { fileAddress } from '#platform/files/host.ts';
import type { HouseSettings } from '#platform/house.ts';
import { takeNote } from '#platform/http/form.ts';
import { sparesData } from '#platform/http/sparing.ts';
import { newId } from '#platform/ids.ts';
import { isActive } from '#platform/viewer.ts';
import { apps, asksFactorToAct } from '#registry.ts';
import type { LayoutServerLoad } from './$types';
import { navigation, waitingIn } from './shell/navigation.ts';

/** Pages are HTML: nothing is hydrated, and nothing needs a script. */
export const csr = false;

const seen = ({ name, logo, themeVersion, demo, founded, colour }: HouseSettings) => ({
	name,
	/** Its address. */
	logo: logo && fileAddress(`/logo?${themeVersion}`),
	themeVersion,
	demo,
	founded,
	colour,
});

/** Messages that wait, for the menu; those of the conversation that is being read do not. */
async function messagesFor({ locals: { viewer, words }, route, params }: Parameters<LayoutServerLoad>[0]) {
	const reading = route.id?.endsWith('/messages/[id=id]') ? (params.id ?? null) : null;
	const n = await unreadMessages(viewer, reading);
	return { messages: { n, label: words.spoken('messages.unread_n', { n }), live: 'messages' } };
}

export const load: LayoutServerLoad = async (event) => {
	const { locals, url, route } = event;
	// Asked at once, with what the page asks: one transaction for all.
	const [messages, told] = await Promise.all([
		messagesFor(event),
		isActive(locals.viewer) ? unread(locals.viewer) : [],
	]);
	const waiting = { ...waitingIn(apps, told, locals.words), ...messages };
	return {
		house: seen(locals.house),
		words: locals.words,
		/** Where uploads are, when not here. */
		files: fileAddress(''),
		/** Pictures wait for a touch. */
		sparing: sparesData(event),
		viewer: locals.viewer,
		nav: navigation(apps, locals.viewer, locals.words, url.pathname, waiting),
		unread: told.length,
		note: takeNote(event),
		asksFactor: asksFactorToAct(locals.viewer, route.id ?? ''),
		/** One-time key for this page's forms: a double submit is done once. */
		key: newId(),
	};
};
