import type { NameOf } from '#platform/text/markdown.ts';

/** A mention as it is kept: the name that was written, and whose. */
export const written = /@\[([^[\]\n]{1,160})\]\(person:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)/gi;

/** A text as it is corrected: mentions read `@First Last` again, with who they are beside. */
export function unnamed(text: string, nameOf: NameOf): { text: string; named: string[] } {
	const ids: string[] = [];
	const shown = text.replace(written, (_, name: string, id: string) => {
		ids.push(id.toLowerCase());
		return `@${nameOf(id.toLowerCase()) ?? name}`;
	});
	return { text: shown, named: [...new Set(ids)].slice(0, 20) };
}

/** A text without the names of these people: the places where they were named are kept. */
export const withoutName = (text: string, ids: readonly string[]): string =>
	text.replace(written, (whole, _, id: string) => (ids.includes(id.toLowerCase()) ? '@…' : whole));
