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
import { navigation } from './shell/navigation.ts';

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

/** What the menu says of the apps where something waits. */
async function waitingFor({ locals: { viewer, words }, route, params }: Parameters<LayoutServerLoad>[0]) {
	const reading = route.id?.endsWith('/messages/[id=id]') ? (params.id ?? null) : null;
	const n = await unreadMessages(viewer, reading);
	return { messages: { n, label: words.spoken('messages.unread_n', { n }) } };
}

export const load: LayoutServerLoad = async (event) => {
	const { locals, url, route } = event;
	// Asked at once, with what the page asks: one transaction for all.
	const [waiting, told] = await Promise.all([
		waitingFor(event),
		isActive(locals.viewer) ? unread(locals.viewer) : 0,
	]);
	return {
		house: seen(locals.house),
		words: locals.words,
		/** Where uploads are, when not here. */
		files: fileAddress(''),
		/** Pictures wait for a touch. */
		sparing: sparesData(event),
		viewer: locals.viewer,
		nav: navigation(apps, locals.viewer, locals.words, url.pathname, waiting),
		unread: told,
		note: takeNote(event),
		asksFactor: asksFactorToAct(locals.viewer, route.id ?? ''),
		/** One-time key for this page's forms: a double submit is done once. */
		key: newId(),
	};
};
