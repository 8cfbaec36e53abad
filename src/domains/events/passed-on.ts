import type { EventView } from './show.ts';

/** The page of an event that whoever opens it may read, with an account at most; none for one shown to some, or called off. */
export function passedOn({
	id,
	visibility,
	cancelledAt,
}: Pick<EventView, 'id' | 'visibility' | 'cancelledAt'>): string | null {
	if (cancelledAt) return null;
	if (visibility === 'public') return `/e/${id}`;
	return visibility === 'network' ? `/evenements/${id}` : null;
}
