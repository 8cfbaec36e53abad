import * as v from 'valibot';
import { idShape } from '../ids.ts';

/** An id sent by a form or a program. */
export const idText = v.pipe(v.string('app.invalid_value'), v.regex(idShape, 'app.invalid_value'));

// Signs that no text needs; the database refuses one of them.
const unwritable = /(?![\n\t])\p{Cc}/gu;

/** What a person wrote, with its line ends made one kind, without signs that nobody sees, and trimmed. */
export const readable = (text: string): string =>
	text.replace(/\r\n?/g, '\n').replace(unwritable, '').toWellFormed().trim();

/** The same on one line. */
export const onOneLine = (text: string): string => readable(text).replace(/\s+/g, ' ');

/** A short text on one line, of at most `most` characters, or the problem `key`. */
export const line = (most: number, key: string) =>
	v.pipe(v.string(key), v.transform(onOneLine), v.maxLength(most, key));

/** A text of several lines, of at most `most` characters, or the problem `key`. */
export const lines = (most: number, key: string) =>
	v.pipe(v.string(key), v.transform(readable), v.maxLength(most, key));
