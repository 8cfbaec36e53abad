import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** The front door: the feed for who is in, the public welcome for the others. */
export const load: PageServerLoad = ({ locals }) => {
	if (locals.viewer.id) redirect(303, '/fil');
	return { frame: { coverSeed: 'front' } };
};
