import type { Transport } from '@sveltejs/kit/hooks';

/**
 * Nothing that a page loads travels as script: pages are rendered here and never hydrated, and writing all of it a second
 * time costs as much as a query. So the answer of a load may hold functions and long lists.
 */
export const transport: Transport = {
	nothing: { encode: () => 1, decode: () => null },
};
