import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** The unit closest to the person; who has none goes and finds one. */
export const GET: RequestHandler = ({ locals }) => {
	const [unit] = locals.viewer.units;
	redirect(303, unit ? `/unites/${unit}` : '/sections');
};
