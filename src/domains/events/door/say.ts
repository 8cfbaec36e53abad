import { Refusal } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { backToDoor } from './back.ts';
import type { Arrival } from './list.ts';
import { findByCode, tickByCode, walkIn } from './tick.ts';

// words: events.door_code_done, events.door_code_again, events.door_walk_in_done

/** Ticks by code, and says who it is. */
export async function codeSaid(viewer: Viewer, eventId: string, input: { code: string }, url: URL) {
	const { name, again } = await tickByCode(viewer, eventId, input);
	return {
		to: backToDoor(url),
		say: again ? 'events.door_code_again' : 'events.door_code_done',
		args: { name },
	};
}

/** Counts people who came in, with the way to take them back. */
export async function walkInSaid(viewer: Viewer, eventId: string, input: { walk_ins: number }, url: URL) {
	await walkIn(viewer, eventId, input);
	const undo = { action: `${url.pathname}?/dropWalkIn`, fields: {} };
	return { to: backToDoor(url), say: 'events.door_walk_in_done', args: { n: input.walk_ins }, undo };
}

/** What a code in the address is: somebody to tick, or what is wrong with it. Throws NotFound, Forbidden. */
export async function scanned(viewer: Viewer, eventId: string, code: string | null) {
	const found = {
		scanned: null as { code: string; arrival: Arrival } | null,
		refused: null as { problems: Refusal['problems'] } | null,
	};
	if (!code) return found;
	try {
		return { ...found, scanned: { code, arrival: await findByCode(viewer, eventId, code.slice(0, 400)) } };
	} catch (refusal) {
		if (!(refusal instanceof Refusal) || !refusal.problems.length) throw refusal;
		return { ...found, refused: { problems: refusal.problems } };
	}
}
