import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { type HouseSettings, house, wordsOf } from '#platform/house.ts';
import View from './view.fixture.svelte';

/** In whose words: the house's, or another address, another language. */
export interface Tongue {
	language?: 'fr' | 'en';
	address?: HouseSettings['address'];
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' };

/** A component's HTML, in the words of the house. */
export async function drawn(
	view: unknown,
	props: object,
	{ language, address }: Tongue = {},
): Promise<string> {
	const settings = await house();
	const words = wordsOf(address ? { ...settings, address } : settings, language);
	return render(View as Component<Record<string, unknown>>, { props: { words, view, props } }).body;
}

/** What a reader reads of a page: no tags, one space between words, plain apostrophes and hyphens. */
export const plain = (html: string) =>
	html
		.replace(/<!--.*?-->/gs, '')
		.replace(/<svg\b.*?<\/svg>/gs, '')
		.replace(/<[^>]+>/g, ' ')
		.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name]!)
		.replace(/[\s\u00a0\u202f]+/g, ' ')
		.replaceAll('’', "'")
		.replaceAll('\u2011', '-')
		.trim();

/** What a reader reads of a component. */
export const read = async (view: unknown, props: object, tongue: Tongue = {}) =>
	plain(await drawn(view, props, tongue));

/** The targets of a page's links and forms, in order. */
export const targets = (html: string) =>
	[...html.matchAll(/\s(?:href|action)="([^"]*)"/g)].map(([, to]) => to!.replaceAll('&amp;', '&'));
