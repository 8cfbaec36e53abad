import { render } from 'svelte/server';
import { brokenAt, explore, pictureStyle, pngOf, questionIn, shown } from '#domains/electoral-map/index.ts';
import MapPicture from '#domains/electoral-map/views/MapPicture.svelte';
import { notFound } from '#platform/errors.ts';
import { wordsContext } from '#ui/words.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, words }, url }) => {
	const found = shown(words, await explore(viewer, questionIn(url.searchParams)));
	if (!found.drawing) throw notFound();
	const props = { shown: found, style: pictureStyle, broken: brokenAt };
	const { body } = await render(MapPicture, { props, context: wordsContext(words) });
	const png = await pngOf(body.slice(body.indexOf('<svg')));
	return new Response(new Uint8Array(png), {
		headers: {
			'content-type': 'image/png',
			'content-disposition': 'inline; filename="carte-du-terrain.png"',
		},
	});
};
