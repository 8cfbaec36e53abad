import { Readable } from 'node:stream';
import { read } from '../db.ts';
import { notFound } from '../errors.ts';
import type { Rule } from '../policy.ts';
import { any, sql } from '../sql.ts';
import type { Viewer } from '../viewer.ts';
import { rangeIn } from './range.ts';
import { getBytes } from './stored.ts';

/** Who may fetch the files of each holder: rules about the row named `file`. Gathered from the domains. */
export type Holders = Readonly<Record<string, Rule>>;

interface Found {
	kind: string;
	name: string;
	state: string;
	stored_id: string | null;
	bytes: number | null;
	sealed_key: string | null;
}

/** What is asked of a file: a width for a picture, and the bytes that a player wants now (the header `range`). */
export interface Wanted {
	width: number;
	range?: string | null;
}

/**
 * One file, at the smallest size not under `width` (the largest one if none is). What the viewer may not see, what is
 * not ready and what does not exist give the same NotFound. Pictures are shown, sounds heard; anything else is only
 * ever downloaded.
 */
export async function fetchFile(
	viewer: Viewer,
	holders: Holders,
	id: string,
	{ width, range = null }: Wanted,
): Promise<Response> {
	const found = await find(viewer, holders, id, width);
	if (!found?.stored_id || found.state !== 'ready') throw notFound();
	const part = rangeIn(range, found.bytes!);
	if (part === 'outside')
		return new Response(null, { status: 416, headers: { 'content-range': `bytes */${found.bytes}` } });
	const again = () => find(viewer, holders, id, width);
	const stream = await bytesOf(found, part)
		// Sealed since we looked, its bytes are elsewhere: once more.
		.catch(async () => bytesOf((await again()) ?? found, part))
		.catch(() => {
			throw notFound();
		});
	const headers = headersOf(found);
	if (part) {
		headers['content-range'] = `bytes ${part.start}-${part.end}/${found.bytes}`;
		headers['content-length'] = String(part.end - part.start + 1);
	}
	return new Response(Readable.toWeb(stream) as ReadableStream, { status: part ? 206 : 200, headers });
}

const find = (viewer: Viewer, holders: Holders, id: string, width: number): Promise<Found | undefined> => {
	const rules = Object.entries(holders).map(
		([holder, rule]) => sql`(file.holder = ${sql.lit(holder)} and ${rule(viewer)})`,
	);
	return read(viewer, (tx) =>
		tx.one<Found>(sql`
		select file.kind, file.name, file.state, size.stored_id, size.bytes::float8 as bytes, size.sealed_key from platform.file
		left join lateral (select rendition.stored_id, rendition.bytes, rendition.sealed_key from platform.rendition where rendition.file_id = file.id
			order by rendition.width >= ${width}::int desc, case when rendition.width >= ${width}::int then rendition.width else -rendition.width end
			limit 1) as size on true
		where file.id = ${id}::uuid and ${any(rules)}`),
	);
};

const bytesOf = ({ stored_id, bytes, sealed_key }: Found, part: { start: number; end: number } | null) =>
	getBytes({ storedId: stored_id!, bytes: bytes!, sealedKey: sealed_key }, part ?? undefined);

function headersOf({ kind, name, bytes }: Found): Record<string, string> {
	const isShown = kind === 'image/webp' || kind.startsWith('audio/');
	return {
		'content-type': kind,
		'content-length': String(bytes),
		'accept-ranges': 'bytes',
		'cache-control': 'private, max-age=31536000, immutable',
		'x-content-type-options': 'nosniff',
		'content-security-policy': "default-src 'none'; sandbox",
		'content-disposition': isShown
			? 'inline'
			: `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`,
	};
}
