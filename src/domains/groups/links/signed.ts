import { timingSafeEqual } from 'node:crypto';
import { fingerprint } from '#platform/seal.ts';

const markOf = (id: string) => fingerprint('groups-link-in', id).slice(0, 22);

/**
 * Another code for a link, that the house makes from its id: who followed a link and had to sign in first is led back to it by
 * this, for the secret itself is kept nowhere. It opens what the link opens, as long as the link does.
 */
export const signedLink = (id: string): string => `i-${id.replaceAll('-', '')}-${markOf(id)}`;

/** The link of such a code; null when the house never made it. */
export function linkSigned(code: string): string | null {
	const [, digits, mark] = /^i-([0-9a-f]{32})-([\w-]{22})$/.exec(code) ?? [];
	if (!digits || !mark) return null;
	const id = digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
	return timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(id))) ? id : null;
}
