/** French typography for plain text: never HTML, and never inside an address of any sort or code. */

/** Stands for an argument while the literal parts of a message are set: counts as a letter and as a digit. */
export const argumentMark = '\ue000';

const narrow = '\u202f';
const wide = '\u00a0';
const hyphen = '\u2011';

const letter = '[\\p{L}\\ue000]';
const digit = '[\\d\\ue000]';
const space = '[ \\u00a0\\u202f]';
const clitics =
	'tu|on|en|le|la|les|moi|toi|vous|nous|ils?|elles?|ce|y|là|ci|mail|t[-\\u2011](?:ils?|elles?|on)';
const units = 'h|min|s|€|%|km|m|kg|Mo|ko|ans|pages?|points?';

const rules: [RegExp, string][] = [
	[new RegExp(`(${letter})'(?=${letter})`, 'gu'), '$1’'],
	[new RegExp(`(${letter})-(?=(?:${clitics})(?!${letter}))`, 'gu'), `$1${hyphen}`],
	[new RegExp(`«${space}?`, 'gu'), `«${wide}`],
	[new RegExp(`${space}?»`, 'gu'), `${wide}»`],
	[new RegExp(`${space}([;!?])`, 'gu'), `${narrow}$1`],
	[new RegExp(`${space}:(?=\\s|$)`, 'gu'), `${wide}:`],
	[/(\d)[ \u202f](?=\d{3}(?!\d))/gu, `$1${wide}`],
	[new RegExp(`(${digit})[ \\u202f](?=(?:${units})(?!${letter}))`, 'gu'), `$1${wide}`],
	[new RegExp(`±[ \\u202f](?=${digit})`, 'gu'), `±${wide}`],
	[/(\d\u00a0h)[ \u202f](?=\d{2}(?!\d))/gu, `$1${wide}`],
	[/\.\.\./gu, '…'],
];

/** Code between backquotes, web addresses with or without protocol, e-mail addresses, file and host names. */
const untouched =
	/`[^`]*`|(?:(?<![a-z\d+.-])[a-z][a-z\d+.-]*:\/\/|mailto:|tel:|www\.)[^\s«»]*|(?<![\w.!#$%&'*+/=?^{|}~-])[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+|(?<![\w-])[\w-]+(?:\.[\w-]+)+(?:[/?#][^\s«»]*)?/giu;

function set(text: string): string {
	let result = text;
	for (const [pattern, replacement] of rules) result = result.replace(pattern, replacement);
	return result;
}

/** Text with French spaces, apostrophes and hyphens. Doing it twice changes nothing more. */
export function frenchTypography(text: string): string {
	let result = '';
	let from = 0;
	for (const match of text.matchAll(untouched)) {
		result += set(text.slice(from, match.index)) + match[0];
		from = match.index + match[0].length;
	}
	return result + set(text.slice(from));
}
