import { noteCalls, whoAnswered } from '#domains/events/index.ts';
import { type Callable, callable, openPhones } from '#domains/profiles/index.ts';
import type { Viewer } from '#platform/viewer.ts';

/** Who of the unit said nothing about an event and may be called; without their numbers. */
export async function callList(viewer: Viewer, id: string) {
	const { door, answered } = await whoAnswered(viewer, id);
	return { door, people: door.unitId ? await callable(viewer, door.unitId, answered) : [] };
}

/** The same with their numbers. */
export async function openCalls(viewer: Viewer, id: string): Promise<Callable[]> {
	const { people } = await callList(viewer, id);
	await noteCalls(viewer, id, people.length);
	return openPhones(viewer, people);
}
