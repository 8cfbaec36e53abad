import type { Readable } from 'node:stream';
import { refuseIf } from './problem.ts';

/** What was stored: an unguessable id (32 hex digits), its length in bytes, and the SHA-256 of its content. */
export type Stored = { id: string; size: number; sha256: string };

/** Where file contents live. Nothing here knows who may read: ids are given out by the domains. */
export type FileStore = {
	/** Stores all or nothing. Throws FileProblem `too_large` past `max` bytes and leaves nothing behind. */
	put(content: Uint8Array | AsyncIterable<Uint8Array>, max: number): Promise<Stored>;
	/** The content as a stream, optionally from byte `start` to byte `end` included. Throws FileProblem `missing`. */
	get(id: string, range?: { start: number; end?: number }): Promise<Readable>;
	/** Length in bytes. Throws FileProblem `missing`. */
	size(id: string): Promise<number>;
	/** Removes it; removing what is not there is no error. */
	delete(id: string): Promise<void>;
	/** Ids of what was last written before an instant (milliseconds), some at a time; what is being stored is not told. */
	writtenBefore(instant: number): AsyncIterable<string[]>;
	/** Removes what is left of uploads cut more than a day ago; gives how many. */
	sweep(now?: number): Promise<number>;
};

/** Throws FileProblem `quota` when `adding` bytes would pass `limit`; gives the bytes left afterwards. */
export function withinQuota({
	used,
	adding,
	limit,
}: {
	used: number;
	adding: number;
	limit: number;
}): number {
	refuseIf(!(adding >= 0) || !(used + adding <= limit), 'quota');
	return limit - used - adding;
}
