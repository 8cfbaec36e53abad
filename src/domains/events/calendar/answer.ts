import { createHash } from 'node:crypto';

/** A calendar as it is sent: 304 to who has it already. A shared cache keeps only what is for everybody. */
export function calendarResponse(request: Request, text: string, name: string, isShared: boolean): Response {
	const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
	const headers = {
		etag,
		'cache-control': isShared ? 'public, max-age=900' : 'private, no-cache',
		'referrer-policy': 'no-referrer',
		'x-robots-tag': 'noindex',
	};
	if (request.headers.get('if-none-match')?.split(/,\s*/).includes(etag))
		return new Response(null, { status: 304, headers });
	return new Response(text, {
		headers: {
			...headers,
			'content-type': 'text/calendar; charset=utf-8',
			'content-disposition': `attachment; filename="${name}.ics"`,
		},
	});
}
