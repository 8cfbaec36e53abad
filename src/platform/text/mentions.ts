import type { MarkdownIt, Token } from 'markdown-it';

/**
 * `@[Name](person:uuid)` inside a text. The written name is only a fallback: the page shows the person's present
 * name, so that nobody can make a mention of one person read as another.
 */

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const MENTION = new RegExp(`@\\[([^\\[\\]\\n]{1,160})\\]\\(person:(${UUID})\\)`, 'iy');

/** Present name of a person, or undefined when this reader may not see them (the mention is then plain text). */
export type NameOf = (person: string) => string | undefined;

/** Teaches markdown-it the mention sign. `env.nameOf` gives the present names. */
export function mentions(markdown: MarkdownIt): void {
	markdown.inline.ruler.before('link', 'mention', (state, silent) => {
		MENTION.lastIndex = state.pos;
		const found = MENTION.exec(state.src);
		if (!found?.[1] || !found[2]) return false;
		if (!silent) {
			const token = state.push('mention', 'a', 0);
			token.content = found[1];
			token.meta = { person: found[2].toLowerCase() };
		}
		state.pos += found[0].length;
		return true;
	});
	markdown.renderer.rules.mention = (tokens, at, _options, env) => {
		const token = tokens[at];
		const person = personOf(token);
		const nameOf = env?.nameOf as NameOf | undefined;
		const name = nameOf ? nameOf(person) : token?.content;
		const shown = markdown.utils.escapeHtml(`@${name ?? token?.content}`);
		return name === undefined ? shown : `<a class="mention" href="/personnes/${person}">${shown}</a>`;
	};
}

/** The person a mention token is about. */
export function personOf(token: Token | undefined): string {
	return String((token?.meta as { person?: string } | null)?.person);
}

/** The people mentioned, each once, in order. Mentions written inside code do not count. */
export function personsIn(tokens: Token[]): string[] {
	const inline = tokens.flatMap((token) => token.children ?? []);
	return [...new Set(inline.filter((token) => token.type === 'mention').map(personOf))];
}
