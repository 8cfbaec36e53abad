import { logoOf } from '#domains/admin/index.ts';
import type { RequestHandler } from './$types';

/** The organisation's logo. */
export const GET: RequestHandler = ({ locals, url }) => logoOf(locals.viewer, locals.house, url.search);
