import { notFound } from '#platform/errors.ts';
import { type EventView, showPublicEvent } from './show.ts';
import { type Place, visitorPlace } from './visitors.ts';

/**
 * What the link of a mail opens: the place, and the event as long as anybody reads it. Once it is not public any more, only who
 * has a place to speak of reads what they were told. Throws NotFound.
 */
export async function visitorPage(
	eventId: string,
	key: string,
): Promise<{ place: Place; event: EventView | null }> {
	const place = await visitorPlace(eventId, key);
	if (place.isPublic) return { place, event: await showPublicEvent(eventId) };
	if (!place.answer) throw notFound();
	return { place, event: null };
}
