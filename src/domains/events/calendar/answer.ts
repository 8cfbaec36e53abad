import { etagOf, hasAlready } from '#platform/http/unchanged.ts';

/** A calendar as it is sent. */
export const calendarResponse = (request: Request, text: string, name: string, isShared: boolean): Response =>
	keptResponse(request, text, isShared, {
		'content-type': 'text/calendar; charset=utf-8',
		'content-disposition': `attachment; filename="${name}.ics"`,
	});

/** A feed of news, the same for everybody. */
export const newsResponse = (request: Request, text: string): Response =>
	keptResponse(request, text, true, { 'content-type': 'application/atom+xml; charset=utf-8' });

/** 304 to who has it already. A shared cache keeps only what is for everybody. */
function keptResponse(
	request: Request,
	text: string,
	isShared: boolean,
	kind: Record<string, string>,
): Response {
	const etag = etagOf(text);
	const headers = {
		etag,
		'cache-control': isShared ? 'public, max-age=900' : 'private, no-cache',
		'referrer-policy': 'no-referrer',
		'x-robots-tag': 'noindex',
	};
	if (hasAlready(request, etag)) return new Response(null, { status: 304, headers });
	return new Response(text, { headers: { ...headers, ...kind } });
}
