import { groundAround } from '#domains/electoral-map/index.ts';
import { communesToDraw, itemsOf, mapOf, nearby, rings } from '#domains/events/index.ts';
import { missionsNearby } from '#domains/missions/index.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { viewer, words } }) => {
	const [near, missions] = await Promise.all([
		nearby(viewer),
		missionsNearby(viewer, words.say('missions.near_tag')),
	]);
	const says = { online: words.say('events.near_online'), again: words.say('events.near_again') };
	const events = itemsOf(near.events, says);
	const items = [...events, ...missions].toSorted(
		(a, b) => rings.indexOf(a.ring) - rings.indexOf(b.ring) || a.startsAt.getTime() - b.startsAt.getTime(),
	);
	const ground = await groundAround(viewer, communesToDraw(near.communes, items));
	const title = words.say('events.near_title');
	return { title, home: near.home, rings, items, map: mapOf(near.communes, items, ground) };
};
