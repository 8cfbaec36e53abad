/** An element of a page as drawn: where it stands, what it is inside of, what it says. */
export interface Drawn {
	at: number;
	tag: string;
	attributes: Record<string, string>;
	inside: Drawn | null;
	children: Drawn[];
	/** The text in it, children's too. */
	text: string;
}

const alone = new Set(['input', 'img', 'br', 'hr', 'meta', 'link', 'source', 'wbr', 'col', 'area', 'track']);
const attributesIn = (text: string) =>
	Object.fromEntries(
		[...text.matchAll(/([\w:@.-]+)(?:="([^"]*)")?/g)].map(([, name, value = '']) => [name!, value]),
	);

const piece = /([^<]+)|<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:@.-]+(?:="[^"]*")?)*)\s*\/?>/g;

/** Every element of a piece of HTML, in order. Text between tags belongs to all that is open around it. */
export function drawnIn(html: string): Drawn[] {
	const all: Drawn[] = [];
	let open: Drawn | null = null;
	for (const [, text = '', close, tag, rest = ''] of html.replace(/<!--.*?-->/gs, '').matchAll(piece)) {
		if (!tag) write(open, text);
		else if (close) open = leave(open, tag);
		else open = enter(all, open, tag, rest);
	}
	return all;
}

function write(open: Drawn | null, text: string): void {
	for (let one = open; one; one = one.inside) one.text += text;
}

/** What is open once this tag is closed. */
function leave(open: Drawn | null, tag: string): Drawn | null {
	let one = open;
	while (one && one.tag !== tag) one = one.inside;
	return one?.inside ?? null;
}

/** What is open once this tag was opened: itself, unless it holds nothing. */
function enter(all: Drawn[], inside: Drawn | null, tag: string, rest: string): Drawn | null {
	const drawn: Drawn = {
		at: all.length,
		tag,
		attributes: attributesIn(rest),
		inside,
		children: [],
		text: '',
	};
	all.push(drawn);
	inside?.children.push(drawn);
	return alone.has(tag) ? inside : drawn;
}

/** What an element is inside of, closest first. */
export function* around({ inside }: Drawn): Generator<Drawn> {
	for (let one = inside; one; one = one.inside) yield one;
}
