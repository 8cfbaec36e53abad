import { isWritable } from '#platform/http/signs.ts';
import { isId } from '#platform/ids.ts';

/** Where a list stopped: the sorted text of its last row, and that row's id. Opaque to who carries it. */
export interface Place {
	text: string;
	id: string;
}

/** Writes a place as one word of an address. */
export const cursorOf = ({ text, id }: Place) =>
	Buffer.from(JSON.stringify([text, id])).toString('base64url');

/** Reads a place back; anything else is the beginning of the list. */
export function placeOf(cursor: string | null | undefined): Place | null {
	try {
		const [text, id] = JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()) as unknown[];
		return typeof text === 'string' && isWritable(text) && typeof id === 'string' && isId(id)
			? { text, id }
			: null;
	} catch {
		return null;
	}
}

/** Cuts a list asked one row too long: the page, and where the next one starts. */
export function pageOf<Row extends { id: string; folded: string }>(rows: Row[], size: number) {
	const page = rows.slice(0, size);
	const last = page.at(-1);
	return {
		rows: page,
		next: rows.length > size && last ? cursorOf({ text: last.folded, id: last.id }) : null,
	};
}
