import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { HouseSettings } from '#platform/house.ts';
import sheet from '#ui/styles/index.css?inline';
import mapSheet from '#ui/styles/map.css?inline';
import { themeCss, themeFrom } from '#ui/theme.ts';

/** The style sheets as one text, for the page of who has no file of ours yet. */
export interface FirstSheet {
	css: string;
	/** What the content security policy says of this text, and of no other. */
	source: string;
	/** Beginnings of the names of the files that the text holds whole. */
	files: string[];
}

const pages = {
	map: { text: sheet + mapSheet, files: ['_layout', 'map'], made: new WeakMap<HouseSettings, FirstSheet>() },
	other: { text: sheet, files: ['_layout'], made: new WeakMap<HouseSettings, FirstSheet>() },
};

/**
 * The sheet to send within a page, when its reader arrives from elsewhere: drawn one trip sooner. Who follows our own links
 * has the files; who is no browser gets nothing.
 */
export function firstSheet({ request, locals, route }: RequestEvent): FirstSheet | undefined {
	const isPage = request.headers.get('sec-fetch-dest') === 'document';
	if (!isPage || !sheet || request.headers.get('sec-fetch-site') === 'same-origin') return;
	const page = /\/carte(?:\/|$)/.test(route.id ?? '') ? pages.map : pages.other;
	const known = page.made.get(locals.house) ?? makeFor(locals.house, page);
	page.made.set(locals.house, known);
	return known;
}

/** A head that holds the sheet; the files are still fetched, for the next page, and nothing waits for them. */
export function holdSheet(head: string, { css, files }: FirstSheet): string {
	const names = `[^"]*/(?:${files.join('|')})\\.[^"]*\\.css|/theme\\.css[^"]*`;
	const ours = new RegExp(`<link [^>]*href="(${names})"[^>]*>`, 'g');
	const later = head.replace(ours, '<link rel="prefetch" as="style" href="$1">');
	return later.replace('</title>', () => `</title><style>${css}</style>`);
}

function makeFor({ colour }: HouseSettings, { text, files }: { text: string; files: string[] }): FirstSheet {
	const css = text + themeCss(themeFrom(colour));
	return { css, files, source: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}
