import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { HouseSettings } from '#platform/house.ts';
import sheet from '#ui/styles/index.css?inline';
import { themeCss, themeFrom } from '#ui/theme.ts';

/** The style sheets as one text, for the page of who has no file of ours yet. */
export interface FirstSheet {
	css: string;
	/** What the content security policy says of this text, and of no other. */
	source: string;
}

const made = new WeakMap<HouseSettings, FirstSheet>();

/**
 * The sheet to send within a page, when its reader arrives from elsewhere: drawn one trip sooner. Who follows our own links
 * has the files; who is no browser gets nothing.
 */
export function firstSheet({ request, locals }: RequestEvent): FirstSheet | undefined {
	const isPage = request.headers.get('sec-fetch-dest') === 'document';
	if (!isPage || !sheet || request.headers.get('sec-fetch-site') === 'same-origin') return;
	const known = made.get(locals.house) ?? makeFor(locals.house);
	made.set(locals.house, known);
	return known;
}

/** A head that holds the sheet; the files are still fetched, for the next page, and nothing waits for them. */
export function holdSheet(head: string, { css }: FirstSheet): string {
	const ours = /<link [^>]*href="([^"]*\/_layout\.[^"]*\.css|\/theme\.css[^"]*)"[^>]*>/g;
	const later = head.replace(ours, '<link rel="prefetch" as="style" href="$1">');
	return later.replace('</title>', () => `</title><style>${css}</style>`);
}

function makeFor({ colour }: HouseSettings): FirstSheet {
	const css = sheet + themeCss(themeFrom(colour));
	return { css, source: `'sha256-${createHash('sha256').update(css).digest('base64')}'` };
}
