import { createHash } from 'node:crypto';

/** The fingerprint of what is answered, as `ETag` says it. */
export const etagOf = (body: string): string =>
	`"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;

/** Whether who asks has it already: `If-None-Match`, weak or strong, one of several. */
export const hasAlready = (request: Request, etag: string): boolean =>
	request.headers
		.get('if-none-match')
		?.split(/,\s*/)
		.some((one) => one.replace(/^W\//, '') === etag) ?? false;
