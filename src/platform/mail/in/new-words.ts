import { runInNewContext } from 'node:vm';
import EmailReplyParser from 'email-reply-parser';

/** A text on which the library would spend longer is only cut by our own rules. */
const milliseconds = 300;
const parser = new EmailReplyParser();

/** Programs that quote without signs begin so; what follows is what was answered. */
const quoteBegins =
	/^(?:-{2,}\s*(?:message d.origine|message transféré|original message|forwarded message)|_{20,}$|(?:le|on) .{6,300}(?:a écrit|wrote)\s?:$|(?:de|from)\s?: .{1,300}@.{1,300}$)/i;

/**
 * The new words of a mail: without what it quotes nor signature, in French and English; its paragraphs stay. Never takes long,
 * whatever the text is made of.
 */
export function newWords(text: string): string {
	const own = beforeQuote(text.replace(/\r\n?/g, '\n'));
	return tidy(parsed(own) ?? withoutMarked(own));
}

const isMarked = (line: string) => line.trimStart().startsWith('>');

function beforeQuote(text: string): string {
	const lines = text.split('\n');
	const cut = lines.findIndex((line, at) => {
		// Some programs break the sentence that opens the quote in two.
		const next = lines[at + 1] ?? '';
		const isOpened = quoteBegins.test(line.trim()) || quoteBegins.test(`${line.trim()} ${next.trim()}`);
		return isOpened && line.length < 400 && !isMarked(line);
	});
	if (cut < 0) return text;
	// Words written among the quotes, below the sentence that opens them, are new words too.
	const below = lines.slice(cut + 1);
	return (
		below.some(isMarked) ? [...lines.slice(0, cut), '', ...repliesIn(below)] : lines.slice(0, cut)
	).join('\n');
}

/** Lines that stand between marked ones; the end of the sentence that opens the quote is none. */
const repliesIn = (lines: string[]): string[] => lines.slice(lines.findIndex(isMarked));

function parsed(text: string): string | null {
	try {
		// The expressions of the library can be made to search for hours: the time they get is counted.
		const read = () => parser.parseReply(text);
		return String(runInNewContext('read()', { read }, { timeout: milliseconds }));
	} catch {
		return null;
	}
}

const withoutMarked = (text: string): string => {
	const lines = text.split('\n');
	const end = lines.findIndex((line) => /^-- ?$/.test(line));
	return (end < 0 ? lines : lines.slice(0, end)).filter((line) => !isMarked(line)).join('\n');
};

const tidy = (text: string): string =>
	text
		.split('\n')
		.map((line) => line.trimEnd())
		.join('\n')
		.replace(/\n{3,}/g, '\n\n')
		.trim();
