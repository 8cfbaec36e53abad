import type { Transport } from '@sveltejs/kit/hooks';
import { Held } from '#ui/held.ts';

/** Held values never travel: pages are rendered here. */
export const transport: Transport = {
	Held: { encode: (value) => value instanceof Held && 1, decode: () => null },
};
