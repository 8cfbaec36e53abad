import type { Domain } from '../domain.ts';
import { escapeHtml } from '../mail/parts.ts';
import type { EnglishForms, Forms, Words } from '../wording/index.ts';
import type { Gathered } from './gather.ts';
import { headingOf, isUntold, labelOf, meaningOf, partOf, type Said, saidBy } from './said.ts';

type Reader = Pick<Words, 'say' | 'date' | 'number' | 'noun' | 'language'>;

/** Where a value stands: its domain's word of it, the theme, and the names that lead to it. */
interface Place {
	words: Reader;
	said: Said;
	domain: string;
	theme: string;
	path: string;
	row: object;
}

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)$/;
const midnight = /^\d{4}-\d\d-\d\d(?:T00:00:00(?:\.000)?Z)?$/;
const hour = /^(\d\d:\d\d):\d\d$/;
const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isEmpty = (value: unknown) =>
	value === null ||
	value === undefined ||
	value === '' ||
	(typeof value === 'string' && uuid.test(value)) ||
	(Array.isArray(value) && value.length === 0);

// The file is read years later: each date says its year.
const longAgo = new Date(0);

/** A day is kept as its midnight, and is the same day on all clocks. */
const dateIn = (words: Reader, at: Date) =>
	at.getTime() % 86_400_000
		? words.date(at, 'dateTime', { now: longAgo })
		: words.date(at, 'long', { now: longAgo, timeZone: 'UTC' });

function textIn(words: Reader, text: string): string {
	if (instant.test(text) || midnight.test(text)) return escapeHtml(dateIn(words, new Date(text)));
	const time = hour.exec(text)?.[1];
	if (time) return escapeHtml(words.date(new Date(`1970-01-01T${time}Z`), 'time', { timeZone: 'UTC' }));
	return escapeHtml(text).replaceAll('\n', '<br>');
}

const prefixAt = ({ said, domain, theme, path }: Place) => said.get(`${domain} ${theme}.${path}`);

/** A value as a person reads it: days and hours of the house's clock, yes and no, codes in words, what lies within. */
function valueIn(place: Place, value: unknown): string {
	const { words } = place;
	if (value instanceof Date) return escapeHtml(dateIn(words, value));
	if (typeof value === 'boolean') return words.say(value ? 'privacy.page_yes' : 'privacy.page_no');
	if (Array.isArray(value)) return listIn(place, value);
	if (isName(value)) return escapeHtml(nameIn(words, value));
	return typeof value === 'object' && value ? rowIn(place, value) : plainIn(place, value as string | number);
}

/** What an organisation named in both languages: an office, a kind of membership, a subject. */
type Name = { fr: string; en: string } | { fr: Forms; en: EnglishForms };
const isName = (value: unknown): value is Name =>
	typeof value === 'object' && value !== null && 'fr' in value && 'en' in value;
const nameIn = (words: Reader, name: Name): string =>
	typeof name.fr === 'string'
		? String(name[words.language])
		: words.noun(name as { fr: Forms; en: EnglishForms }, 'one');

function listIn(place: Place, values: unknown[]): string {
	const told = values.filter((one) => !isEmpty(one)).map((one) => valueIn(place, one));
	return told.join('<br>');
}

function plainIn(place: Place, value: string | number): string {
	const { words, row } = place;
	const prefix = prefixAt(place);
	// A code of a version that is gone, which no catalogue says, stays as it was written.
	const said = prefix && meaningOf(words, prefix, value, row);
	if (said) return escapeHtml(said);
	return typeof value === 'number' ? words.number(value) : textIn(words, String(value));
}

function lineIn(place: Place, key: string, value: unknown): string {
	const { words, domain, theme, path } = place;
	const within: Place = { ...place, path: path ? `${path}.${key}` : key };
	if (isEmpty(value) || isUntold(key) || prefixAt(within) === null) return '';
	const shown = valueIn(within, value);
	const label = labelOf(words, partOf(domain, theme), key, path ? prefixAt(place) : null);
	// What a value holds within may be named by others than us: it is told without a name.
	return shown && `${label ? `<dt>${escapeHtml(label)}</dt>` : ''}<dd>${shown}</dd>`;
}

function rowIn(place: Place, row: object): string {
	const lines = Object.entries(row).map(([key, value]) => lineIn({ ...place, row }, key, value));
	const body = lines.join('');
	return body && `<dl>${body}</dl>`;
}

/** Longer than this, a list is folded until somebody opens or prints it. */
const LONG = 30;

interface Theme {
	id: string;
	title: string;
	count: number;
	html: string;
}

function themeIn(place: Place, rows: unknown[]): Theme {
	const { words, domain, theme } = place;
	const [id, count] = [partOf(domain, theme), rows.length];
	const title = headingOf(words, domain, theme) ?? theme;
	const heading = `<h3>${escapeHtml(title)} <small>${words.number(count)}</small></h3>`;
	const body = rows.map((row) => valueIn(place, row)).join('');
	if (!body) return { id, title, count, html: `<div id="${id}">${heading}</div>` };
	const isLong = count > LONG;
	const html =
		`<details id="${id}"${isLong ? '' : ' open'}><summary>${heading}</summary>${body}</details>` +
		(isLong ? `<p class="unfold">${escapeHtml(words.say('privacy.page_unfold'))}</p>` : '');
	return { id, title, count, html };
}

/** What one domain keeps, and the lists within. */
interface Part extends Theme {
	themes: Theme[];
}

function partIn(words: Reader, said: Said, domain: string, themes: Record<string, unknown[]>): Part {
	const id = domain.replaceAll('-', '_');
	// words: privacy.holds_*
	// words: privacy.time_*
	const title = words.say(`privacy.holds_${id}` as 'privacy.holds_people');
	const time = words.say(`privacy.time_${id}` as 'privacy.time_people');
	const kept = Object.entries(themes).filter(([, rows]) => rows.length);
	const within = kept.map(([theme, rows]) =>
		themeIn({ words, said, domain, theme, path: '', row: {} }, rows),
	);
	const body = within.map(({ html }) => html).join('');
	const head = `<h2>${escapeHtml(title)}</h2><p><small>${escapeHtml(time)}</small></p>`;
	return {
		id,
		title,
		count: within.reduce((sum, { count }) => sum + count, 0),
		themes: within,
		html: `<section id="${id}">${head}${body}${upIn(words)}</section>`,
	};
}

const upIn = ({ say }: Reader) =>
	`<p class="up"><a href="#contents">${escapeHtml(say('privacy.page_contents'))}</a></p>`;

/** What the page holds and how much, each with a link to it; the lists of a part stand under it when there are several. */
function contentsOf(words: Reader, parts: readonly (Theme & { themes?: readonly Theme[] })[]): string {
	const lines = parts.map(({ id, title, count, themes = [] }) => {
		const within = themes.length > 1 ? `<ul>${contentsOf(words, themes)}</ul>` : '';
		return `<li><a href="#${id}">${escapeHtml(title)}</a> · ${words.number(count)}${within}</li>`;
	});
	return lines.join('');
}

function filesIn(words: Reader, files: readonly string[]): Part {
	const links = files.map(
		(path) =>
			`<li><a href="${escapeHtml(encodeURI(path))}">${escapeHtml(path.replace(/^fichiers\/[\da-f-]{36}-/, ''))}</a></li>`,
	);
	const title = words.say('privacy.page_files');
	return {
		id: 'files',
		title,
		count: files.length,
		themes: [],
		html: `<section id="files"><h2>${escapeHtml(title)}</h2><ul>${links.join('')}</ul>${upIn(words)}</section>`,
	};
}

const style =
	'body{font:1rem/1.5 sans-serif;max-width:44rem;margin:auto;padding:1rem}dl{margin:.5rem 0;padding:.5rem;border:1px solid #999}' +
	'dt{font-size:.875rem;color:#555}dd{margin:0 0 .5rem;overflow-wrap:anywhere}dd dl{border-style:dashed}' +
	'nav li{margin:.25rem 0}summary{cursor:pointer;margin-top:1rem}summary h3{display:inline}.unfold{display:none}h3 small{font-weight:400;color:#555}h2{margin-top:2.5rem}a{color:#0b57a4}' +
	'@media (min-width:36rem),print{dl{display:grid;grid-template-columns:12rem 1fr;gap:.25rem 1rem}dt,dd{grid-column:1;margin:0}dd{grid-column:2}}' +
	'@media print{body{max-width:none;padding:0}dl{break-inside:avoid}h2,h3,summary{break-after:avoid}a{color:inherit}.up{display:none}' +
	// What is folded is printed too; a browser that cannot is told on the paper rather than leaving it out in silence.
	'summary{list-style:none}details::details-content{content-visibility:visible;block-size:auto}' +
	'@supports not selector(::details-content){details:not([open])+.unfold{display:block}}}';

/** All that is kept about a person as one page that opens anywhere, without network or script; `files` are beside it. */
export function readable(
	gathered: Gathered,
	files: readonly string[],
	words: Reader,
	domains: readonly Domain[],
): string {
	const said = saidBy(domains);
	const title = escapeHtml(words.say('privacy.title'));
	const parts = Object.entries(gathered.domains).map(([domain, themes]) =>
		partIn(words, said, domain, themes),
	);
	const [full, empty] = [
		[...parts, filesIn(words, files)].filter(({ count }) => count),
		parts.filter(({ count }) => !count),
	];
	const nothing = empty.map((part) => `<li>${escapeHtml(part.title)}</li>`);
	const lead = escapeHtml(words.say('privacy.page_lead', { at: gathered.gatheredAt }));
	return (
		`<!doctype html><html lang="${words.language}"><meta charset="utf-8">` +
		`<meta name="viewport" content="width=device-width"><title>${title}</title><style>${style}</style>` +
		`<h1>${title}</h1><p>${lead}</p><nav id="contents" aria-label="${escapeHtml(words.say('privacy.page_contents'))}"><ol>${contentsOf(words, full)}</ol></nav>` +
		full.map(({ html }) => html).join('') +
		(nothing.length
			? `<section id="nothing"><h2>${escapeHtml(words.say('privacy.page_nothing'))}</h2><ul>${nothing.join('')}</ul></section>`
			: '') +
		'</html>'
	);
}
