import * as safety from '#domains/safety/index.ts';
import { notFound } from '#platform/errors.ts';
import type { Viewer } from '#platform/viewer.ts';
import { hasMet } from './queries.ts';

/**
 * Only somebody one sees or met is kept apart: trying it on anybody else does not tell whether they exist. `isRead`: the caller
 * knows that the viewer reads words of theirs now, under a friend's for instance, which is to have met.
 */
const ofThoseMet =
	<T>(verb: (viewer: Viewer, personId: string) => Promise<T>) =>
	async (viewer: Viewer, personId: string, isRead = false): Promise<T> => {
		if (!isRead && !(await hasMet(viewer, personId))) throw notFound();
		return verb(viewer, personId);
	};

/** Keeps two people apart, as `safety.block`. Throws NotFound, Invalid for oneself. */
export const block = ofThoseMet(safety.block);
/** Stops the posts and notices of somebody, as `safety.mute`. Throws NotFound, Invalid for oneself. */
export const mute = ofThoseMet(safety.mute);
/** The person one is about to set apart, and whether it is done already. Throws NotFound, Invalid for oneself. */
export const apartFrom = ofThoseMet(safety.apartFrom);
