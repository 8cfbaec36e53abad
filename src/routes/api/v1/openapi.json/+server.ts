import { openApi } from '#platform/http/openapi.ts';
import { operations } from '#registry.ts';
import type { RequestHandler } from './$types';

/** The description of the API, from the schemas in force. */
export const GET: RequestHandler = ({ locals }) =>
	Response.json(openApi(operations, locals.house.name, locals.house.origin));
