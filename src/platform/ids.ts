import { randomBytes } from 'node:crypto';

/** A new UUIDv7 (RFC 9562): sorts by creation time, so that keys stay close together in an index. */
export function newId(at: number = Date.now()): string {
	const bytes = randomBytes(16);
	bytes.writeUIntBE(at, 0, 6);
	bytes[6] = (bytes[6]! & 0x0f) | 0x70;
	bytes[8] = (bytes[8]! & 0x3f) | 0x80;
	const hex = bytes.toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The shape of our ids. */
export const idShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text has the shape of one of our ids. */
export const isId = (text: string | null | undefined): text is string => !!text && idShape.test(text);

/** Whose name stands where somebody was forgotten: no person has this id. */
export const nobody = '00000000-0000-0000-0000-000000000000';
