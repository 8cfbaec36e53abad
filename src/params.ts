import { defineParams } from '@sveltejs/kit/params';
import { isId } from '#platform/ids.ts';

/** Shapes of the changing parts of an address; anything else is not found before any query. */
export const params = defineParams({
	id: (text) => (isId(text) ? text : undefined),
	slug: (text) => (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 80 ? text : undefined),
});
