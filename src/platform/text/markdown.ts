import createMarkdown, { type MarkdownIt, type Token } from 'markdown-it';
import { kept } from '../wording/kept.ts';
import { mentions, type NameOf, personOf, personsIn } from './mentions.ts';

export const MARKDOWN_MAX = 10_000;
const NESTING_MAX = 20;
const TOP_HEADING = 3;

type Environment = { nameOf?: NameOf };

export type { NameOf } from './mentions.ts';

const markdown = lightMarkdown();

/**
 * Light Markdown as safe HTML: paragraphs, emphasis, lists, quotes, code, links, small headings, mentions.
 * No raw HTML, no picture, no table. Texts longer than {@link MARKDOWN_MAX} are refused at the door; here they are cut.
 */
export function renderMarkdown(text: string, environment: Environment = {}): string {
	const isAlike = text.length <= KEPT_MAX && !text.includes('@[');
	return isAlike ? renderAlike(text) : markdown.render(bounded(text), { ...environment });
}

// Everyone reads the same posts. A text that names people is another one for each reader, by whom they may see.
const KEPT_MAX = 2000;
const renderAlike = kept(500, (text: string) => markdown.render(bounded(text), {}));

/** Identifiers of the people a text mentions, each once. */
export function mentionedIn(text: string): string[] {
	return personsIn(markdown.parse(bounded(text), {}));
}

const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/** The beginning of a text without its signs, at most `length` graphemes, cut at a word and ended by "…". */
export function excerpt(text: string, length: number, environment: Environment = {}): string {
	const plain = plainText(text, environment);
	const clusters = [...graphemes.segment(plain)].map(({ segment }) => segment);
	if (clusters.length <= length) return plain;
	const cut = clusters.slice(0, Math.max(0, length - 1)).join('');
	const word = clusters[length - 1] === ' ' ? cut : cut.replace(/\s+\S*$/u, '');
	return `${word.trimEnd()}…`;
}

/** The whole text without its signs, on one line. Plain text: escape it like any other when shown. */
export function plainText(text: string, environment: Environment = {}): string {
	const parts = markdown.parse(bounded(text), {}).map((token) => {
		if (token.type === 'fence' || token.type === 'code_block') return ` ${token.content}`;
		return token.type === 'inline' ? ` ${(token.children ?? []).map(wordsOf(environment)).join('')}` : '';
	});
	return parts.join('').replace(/\s+/gu, ' ').trim();
}

function wordsOf({ nameOf }: Environment): (token: Token) => string {
	return (token) => {
		if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
		if (token.type !== 'mention') return token.content;
		return `@${nameOf?.(personOf(token)) ?? token.content}`;
	};
}

function bounded(text: string): string {
	const whole = text.toWellFormed();
	return whole.length <= MARKDOWN_MAX ? whole : `${whole.slice(0, MARKDOWN_MAX - 1).toWellFormed()}…`;
}

function lightMarkdown(): MarkdownIt {
	const parser = createMarkdown({ html: false, linkify: true, breaks: true, maxNesting: NESTING_MAX });
	parser.disable(['image', 'html_block', 'html_inline', 'table', 'reference']);
	parser.linkify.set({ fuzzyLink: false, fuzzyEmail: true, fuzzyIP: false });
	parser.validateLink = (url) => /^(https?:\/\/[^/]|mailto:[^/])/i.test(url);
	parser.use(mentions);
	closeLinks(parser);
	plainCode(parser);
	parser.core.ruler.push('lower_headings', (state) => {
		for (const token of state.tokens) {
			if (token.type.startsWith('heading_')) token.tag = token.tag === 'h1' ? `h${TOP_HEADING}` : 'h4';
		}
	});
	return parser;
}

/** A link that leads nowhere is only its words; one without words shows its address. */
function closeLinks(parser: MarkdownIt): void {
	parser.renderer.rules.link_open = (tokens, at, options, _env, renderer) => {
		const token = tokens[at]!;
		const href = String(token.attrGet('href') ?? '');
		// Links do not stand in one another: the next close is its own.
		const close = tokens.slice(at).find(({ type }) => type === 'link_close')!;
		token.hidden = close.hidden = !href;
		token.attrs = [['href', href]];
		token.attrSet('rel', 'noopener nofollow ugc');
		const words = close === tokens[at + 1] ? parser.utils.escapeHtml(href) : '';
		return renderer.renderToken(tokens, at, options) + words;
	};
}

/** The word after ``` would become a class chosen by the writer. */
function plainCode(parser: MarkdownIt): void {
	parser.renderer.rules.fence = (tokens, at) =>
		`<pre><code>${parser.utils.escapeHtml(tokens[at]?.content ?? '')}</code></pre>\n`;
}
