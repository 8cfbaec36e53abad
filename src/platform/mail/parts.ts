/**
 * The two parts of a mail. Inline styles are allowed here and only here: mail programs drop style sheets. No picture,
 * no remote font, no tracking.
 */

export type Link = { label: string; url: string };

export type Letter = {
	subject: string;
	/** BCP 47 language of the words, "fr" unless told. */
	language?: string;
	greeting?: string;
	/** Plain text; a line break inside a paragraph is kept. */
	paragraphs: readonly string[];
	/** Several things to go and see, under headings: for mails that gather. */
	lists?: readonly { heading: string; links: readonly Link[] }[];
	/** The one thing to do: a button in HTML, label and address in text. */
	action?: Link;
	/** Who writes, why this person receives it, how to stop. */
	footer: readonly (string | Link)[];
};

const FONT =
	"font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-size:17px;line-height:1.5";
const BUTTON =
	'display:inline-block;padding:12px 20px;border-radius:8px;background:#1d1d1f;color:#ffffff;font-weight:600;text-decoration:none';

/** The letter in plain text, footer behind the usual "-- " line. */
export function textPart({ greeting, paragraphs, lists = [], action, footer }: Letter): string {
	const body = [
		...(greeting ? [greeting] : []),
		...paragraphs,
		...lists.map(({ heading, links }) =>
			[heading, ...links.map(({ label, url }) => `- ${label.replaceAll('\n', ' ')}\n  ${url}`)].join('\n'),
		),
		...(action ? [`${action.label}\n${action.url}`] : []),
	];
	const last = footer.map((line) => (typeof line === 'string' ? line : `${line.label}\n${line.url}`));
	return `${[...body.map(cleanText), ...(last.length > 0 ? [['-- ', ...last.map(cleanText)].join('\n')] : [])].join('\n\n')}\n`;
}

/** The same letter in HTML: one column, real text sizes, a link that looks like a button, language declared. */
export function htmlPart(letter: Letter): string {
	const { subject, language = 'fr', greeting, paragraphs, lists = [], action, footer } = letter;
	const said = [...(greeting ? [greeting] : []), ...paragraphs].map((text) => `<p>${lines(text)}</p>`);
	const button = action ? [`<p>${anchor(action, BUTTON)}</p>`] : [];
	const last = footer.map((line) => (typeof line === 'string' ? lines(line) : anchor(line, 'color:#4a4a4a')));
	return [
		`<!doctype html><html lang="${escapeHtml(language)}"><head><meta charset="utf-8">`,
		'<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">',
		`<title>${escapeHtml(subject)}</title></head>`,
		`<body style="margin:0;padding:24px;${FONT}"><div role="article" style="max-width:34em;margin:0 auto">`,
		...said,
		...lists.map(listHtml),
		...button,
		...(last.length > 0 ? [`<hr><p style="font-size:14px">${last.join('<br>')}</p>`] : []),
		'</div></body></html>',
	].join('\n');
}

function listHtml({ heading, links }: NonNullable<Letter['lists']>[number]): string {
	const items = links.map((link) => `<li style="margin:0 0 8px">${anchor(link, 'color:#1d1d1f')}</li>`);
	return `<p style="margin-bottom:4px"><b>${lines(heading)}</b></p><ul style="margin-top:0">${items.join('')}</ul>`;
}

function anchor({ label, url }: Link, style: string): string {
	return `<a href="${escapeHtml(url)}" style="${style}">${escapeHtml(cleanText(label))}</a>`;
}

function lines(text: string): string {
	return escapeHtml(cleanText(text)).replaceAll('\n', '<br>');
}

/** Controls out, line ends alike, direction overrides out: a name must not turn the sentence around. */
function cleanText(text: string): string {
	return text
		.toWellFormed()
		.replace(/\r\n?|\u2028|\u2029/g, '\n')
		.replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (sign) =>
			sign === '\n' || sign === '\t' ? sign : '',
		);
}

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** Text within a page or a mail of ours: its signs say nothing to a browser. */
export function escapeHtml(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
