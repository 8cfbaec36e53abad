import { escapeHtml } from '../mail/parts.ts';
import type { Words } from '../wording/index.ts';
import type { Gathered } from './gather.ts';

type Reader = Pick<Words, 'say' | 'date' | 'language' | 'typography'>;

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;
const isEmpty = (value: unknown) =>
	value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

// A day is kept as its midnight.
const dateIn = (words: Reader, at: Date) =>
	escapeHtml(words.date(at, at.getTime() % 86_400_000 ? 'dateTime' : 'long'));

const textIn = (words: Reader, text: string) =>
	instant.test(text) ? dateIn(words, new Date(text)) : escapeHtml(text).replaceAll('\n', '<br>');

/** A value as a person reads it: days and hours of the house's clock, yes and no, what lies within. */
function valueIn(words: Reader, value: unknown): string {
	if (value instanceof Date) return dateIn(words, value);
	if (typeof value === 'string') return textIn(words, value);
	if (typeof value === 'boolean') return words.say(value ? 'privacy.page_yes' : 'privacy.page_no');
	if (Array.isArray(value)) return value.map((one) => valueIn(words, one)).join('<br>');
	if (typeof value === 'object' && value) return rowIn(words, value);
	return escapeHtml(String(value));
}

function rowIn(words: Reader, row: object): string {
	const told = Object.entries(row).filter(([, value]) => !isEmpty(value));
	const lines = told.map(
		([name, value]) => `<dt>${escapeHtml(name.replaceAll('_', ' '))}</dt><dd>${valueIn(words, value)}</dd>`,
	);
	return `<dl>${lines.join('')}</dl>`;
}

const tableIn = (words: Reader, name: string, rows: unknown[]): string =>
	rows.length
		? `<h3>${escapeHtml(name.replace(/^.*\./, '').replaceAll('_', ' '))}</h3>${rows.map((row) => `<div>${valueIn(words, row)}</div>`).join('')}`
		: '';

function partIn(words: Reader, domain: string, tables: Record<string, unknown[]>): string {
	const name = domain.replaceAll('-', '_');
	// words: privacy.holds_*
	// words: privacy.time_*
	const title = words.say(`privacy.holds_${name}` as 'privacy.holds_people');
	const time = words.say(`privacy.time_${name}` as 'privacy.time_people');
	const kept = Object.entries(tables).map(([table, rows]) => tableIn(words, table, rows));
	const body = kept.join('') || `<p>${words.say('privacy.page_nothing')}</p>`;
	return `<section><h2>${escapeHtml(title)}</h2><p><small>${escapeHtml(time)}</small></p>${body}</section>`;
}

const style =
	'body{font:1rem/1.5 sans-serif;max-width:44rem;margin:auto;padding:1rem}dl{margin:.5rem 0;padding:.5rem;border:1px solid #999}' +
	'dt{font-size:.8rem;opacity:.7}dd{margin:0 0 .5rem;overflow-wrap:anywhere}dd dl{border-style:dashed}';

/** All that is kept about a person as one page that opens anywhere, without network or script; `files` are beside it. */
export function readable(gathered: Gathered, files: readonly string[], words: Reader): string {
	const title = escapeHtml(words.say('privacy.title'));
	const parts = Object.entries(gathered.domains).map(([domain, tables]) => partIn(words, domain, tables));
	const links = files.map(
		(path) =>
			`<li><a href="${escapeHtml(encodeURI(path))}">${escapeHtml(path.replace(/^fichiers\/[\da-f-]{36}-/, ''))}</a></li>`,
	);
	const beside = files.length
		? `<section><h2>${words.say('privacy.page_files')}</h2><ul>${links.join('')}</ul></section>`
		: '';
	return (
		`<!doctype html><html lang="${words.language}"><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style>` +
		`<h1>${title}</h1><p>${escapeHtml(words.say('privacy.page_lead', { at: gathered.gatheredAt }))}</p>${parts.join('')}${beside}</html>`
	);
}
