import type { RequestEvent } from '@sveltejs/kit';
import { filesHost, isFilesHost } from '../files/host.ts';

// Nothing inline but our own sheet, by its hash (decision 13), and nothing from elsewhere but uploads: no nonce is needed, and an injected tag has nothing to run.
const content = (uploads: string, sheet: string) =>
	[
		"default-src 'none'",
		"script-src 'self'",
		`style-src 'self' ${sheet}`.trim(),
		`img-src 'self' data: blob: ${uploads}`.trim(),
		"font-src 'self'",
		"connect-src 'self'",
		"manifest-src 'self'",
		`media-src ${uploads || "'self'"}`,
		"form-action 'self'",
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"require-trusted-types-for 'script'",
		// One, that lets one script through: the worker's own (src/enhance/worker.ts).
		'trusted-types worker',
	].join('; ');

/** Pages that read codes with the camera: the door of an event. */
const scans = /^\/evenements\/[^/]+\/accueil$/;

/** On the uploads' host nothing is a page. */
const nothing = "default-src 'none'; sandbox";

/**
 * Puts the protective headers on an answer. Pages behind a sign-in are never kept by a shared cache nor indexed.
 * `sheet` is the hash of the style sheet that the page holds, if it holds one.
 */
export function protect(
	event: Pick<RequestEvent, 'url' | 'locals'>,
	response: Response,
	sheet = '',
): Response {
	const { headers } = response;
	const isApart = isFilesHost(event.url);
	const policy = isApart ? nothing : content(filesHost()?.origin ?? '', sheet);
	headers.set('content-security-policy', headers.get('content-security-policy') ?? policy);
	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', isApart ? 'same-site' : 'same-origin');
	const camera = scans.test(event.url.pathname) ? '(self)' : '()';
	headers.set(
		'permissions-policy',
		`camera=${camera}, microphone=(), geolocation=(self), payment=(), usb=()`,
	);
	if (event.url.protocol === 'https:')
		headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains');
	if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
	if ((event.locals as { viewer?: { id: string | null } }).viewer?.id) headers.set('x-robots-tag', 'noindex');
	return response;
}
