import * as v from 'valibot';
import { sentFile } from '#platform/files/sent.ts';
import { idText, readable } from '#platform/text/typed.ts';

/** Longest text of a message, in characters. */
export const textMax = 10_000;
/** People in one conversation, at most. */
export const peopleMax = 50;
/** Files beside one message, at most. */
export const filesMax = 4;

/** What a person wrote, with its line ends made one kind; empty only beside a file. */
export const text = v.pipe(
	v.string('messages.text_needed'),
	v.transform(readable),
	v.maxLength(textMax, 'messages.text_too_long'),
);

const isSent = (file: unknown): file is File => file instanceof File && file.size > 0;

/** Files chosen in a form; a field left empty sends one without bytes. */
export const files = v.pipe(
	v.optional(v.array(v.instance(File, 'app.invalid_value')), []),
	v.transform((sent) => sent.filter(isSent)),
	v.maxLength(filesMax, 'messages.too_many_files'),
);

/** The same as a program sends them, each its bytes and its name. */
export const sentFiles = v.pipe(
	v.optional(v.array(sentFile('app.invalid_value', {})), []),
	v.maxLength(filesMax, 'messages.too_many_files'),
	v.transform((all) => all.map(({ sent }) => sent)),
);

export const MessageForm = v.object({ id: idText });
