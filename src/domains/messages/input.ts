import * as v from 'valibot';

/** Longest text of a message, in characters. */
export const textMax = 10_000;
/** People in one conversation, at most. */
export const peopleMax = 50;
/** Files beside one message, at most. */
export const filesMax = 4;

/** An id sent by a form or a program. */
export const idText = v.pipe(
	v.string('app.invalid_value'),
	v.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'app.invalid_value'),
);

// Signs that no text needs; the database refuses one of them.
const unwritable = /(?![\n\t])\p{Cc}/gu;

/** What a person wrote, with its line ends made one kind; empty only beside a file. */
export const text = v.pipe(
	v.string('messages.text_needed'),
	v.transform((typed) => typed.replace(/\r\n?/g, '\n').replace(unwritable, '').toWellFormed().trim()),
	v.maxLength(textMax, 'messages.text_too_long'),
);

const isSent = (file: unknown): file is File => file instanceof File && file.size > 0;

/** Files chosen in a form; a field left empty sends one without bytes. */
export const files = v.pipe(
	v.optional(v.array(v.instance(File, 'app.invalid_value')), []),
	v.transform((sent) => sent.filter(isSent)),
	v.maxLength(filesMax, 'messages.too_many_files'),
);

export const MessageForm = v.object({ id: idText });
