import { FileProblem, refuseIf } from './problem.ts';
import type { Kind } from './sniff.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** Everything below space but tab, line feed, form feed and return: a text has none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point.
const CONTROLS = /[\u0000-\u0008\u000B\u000E-\u001F\u007F]/;
/** How far a browser looks before deciding that a "text" is a page. */
const BROWSER_LOOKS_AT = 4_096;
const MARKUP =
	/<(?:!doctype|\?xml|html|head|body|script|svg|iframe|object|embed|img|a|div|table|style|title|p|br|h1|!--)[\s>/]?/i;

/** txt or csv: UTF-8 throughout, no control character, no markup where a browser would look for it. */
export function textKind(file: Buffer, name: string): Kind {
	const text = decoded(file);
	refuseIf(CONTROLS.test(text), 'unknown_kind');
	refuseIf(MARKUP.test(text.slice(0, BROWSER_LOOKS_AT)), 'active_content');
	const csv = /\.csv$/i.test(name);
	return csv
		? { family: 'text', mime: 'text/csv; charset=utf-8', extension: 'csv' }
		: { family: 'text', mime: 'text/plain; charset=utf-8', extension: 'txt' };
}

function decoded(file: Buffer): string {
	try {
		return utf8.decode(file);
	} catch {
		throw new FileProblem('unknown_kind');
	}
}
