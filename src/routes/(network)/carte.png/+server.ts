import { render } from 'svelte/server';
import {
	brokenAt,
	explore,
	pictureOf,
	pictureStyle,
	questionIn,
	shown,
} from '#domains/electoral-map/index.ts';
import MapPicture from '#domains/electoral-map/views/MapPicture.svelte';
import { notFound } from '#platform/errors.ts';
import { etagOf, hasAlready } from '#platform/http/unchanged.ts';
import { wordsContext } from '#ui/words.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals: { viewer, words }, url, request }) => {
	const found = shown(words, await explore(viewer, questionIn(url.searchParams)));
	if (!found.drawing) throw notFound();
	const props = { shown: found, style: pictureStyle, broken: brokenAt };
	const { body } = await render(MapPicture, { props, context: wordsContext(words) });
	const svg = body.slice(body.indexOf('<svg'));
	const headers = { etag: etagOf(svg), 'cache-control': 'private, no-cache' };
	if (hasAlready(request, headers.etag)) return new Response(null, { status: 304, headers });
	return new Response(new Uint8Array(await pictureOf(svg)), {
		headers: {
			...headers,
			'content-type': 'image/png',
			'content-disposition': 'inline; filename="carte-du-terrain.png"',
		},
	});
};
