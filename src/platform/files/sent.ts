import * as v from 'valibot';
import { FILE_MAX } from './sniff.ts';

/**
 * A file as a program sends it: its bytes in base64, in a verb whose rate is `upload`. What it is is judged later, by its bytes,
 * as that of a page is. `key` is the sentence of what is no such text.
 */
export const fileText = (key: string) =>
	v.pipe(v.string(key), v.maxLength(Math.ceil(FILE_MAX / 3) * 4 + 4, key), v.base64(key));

/** The file that a program sent, as a page would have sent it. */
export const fileFrom = (text: string, name = ''): File =>
	new File([new Uint8Array(Buffer.from(text, 'base64'))], name);
