import * as v from 'valibot';
import { FILE_MAX } from './sniff.ts';

// Valibot's own pattern exhausts the stack on a text of some millions of signs. Written again, what is not base64 is not the same.
const isBase64 = (text: string) =>
	text.length % 4 === 0 && Buffer.from(text, 'base64').toString('base64') === text;
const base64 = (key: string) => ({
	...v.base64<string, string>(key),
	requirement: { test: isBase64 } as unknown as RegExp,
});

/**
 * A file as a program sends it: its bytes in base64, in a verb whose rate is `upload`. What it is is judged later, by its bytes,
 * as that of a page is. `key` is the sentence of what is no such text.
 */
export const fileText = (key: string) =>
	v.pipe(v.string(key), v.maxLength(Math.ceil(FILE_MAX / 3) * 4 + 4, key), base64(key));

const name = v.optional(
	v.pipe(
		v.string('app.invalid_value'),
		v.maxLength(200, 'app.invalid_value'),
		v.description('As it is saved by who fetches it; without, the house finds one'),
	),
	'',
);

type Said<E extends v.ObjectEntries> = v.InferOutput<v.StrictObjectSchema<E, undefined>>;
type Bytes = { file: string; name: string };

/**
 * One of the files that a verb takes, with what else it says of each (`more`); never an empty one. Gives the file as a page would have
 * sent it, beside the rest. `key` is the sentence of what is no such text.
 */
export const sentFile = <E extends v.ObjectEntries>(key: string, more: E) =>
	v.pipe(
		v.strictObject({ file: v.pipe(fileText(key), v.minLength(4, key)), name, ...more }),
		v.transform((one): Said<E> & { sent: File } => {
			const { file, name: called, ...said } = one as unknown as Bytes & Said<E>;
			return { ...(said as unknown as Said<E>), sent: fileFrom(file, called) };
		}),
	);

/** The file that a program sent, as a page would have sent it. */
export const fileFrom = (text: string, name = ''): File =>
	new File([new Uint8Array(Buffer.from(text, 'base64'))], name);
