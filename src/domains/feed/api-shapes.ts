import * as v from 'valibot';
import { sentFile } from '#platform/files/sent.ts';
import { idText } from '#platform/text/typed.ts';
import { pictureWords, soundWords, writtenText } from './input.ts';
import { type Publication, PublishForm } from './publish.ts';

// What programs send and get: an allow-list, whatever the rows hold.

export const person = v.object({ id: v.string(), name: v.string() });
export const unit = v.object({ id: v.string(), name: v.string(), slug: v.string() });
export const post = v.object({
	id: v.string(),
	author: person,
	as: v.nullable(unit),
	unit: v.nullable(unit),
	group: v.nullable(person),
	subject: v.nullable(
		v.object({ id: v.string(), slug: v.string(), name: v.object({ fr: v.string(), en: v.string() }) }),
	),
	audience: v.string(),
	text: v.string(),
	linkUrl: v.nullable(v.string()),
	videoUrl: v.nullable(v.string()),
	publishedAt: v.string(),
	editedAt: v.nullable(v.string()),
	version: v.number(),
	thanksCount: v.number(),
	commentCount: v.number(),
	thanked: v.boolean(),
	media: v.array(
		v.object({
			id: v.string(),
			description: v.string(),
			name: v.string(),
			kind: v.string(),
			state: v.string(),
			seconds: v.nullable(v.number()),
		}),
	),
	poll: v.nullable(
		v.object({
			several: v.boolean(),
			endsAt: v.string(),
			over: v.boolean(),
			voters: v.number(),
			options: v.array(v.object({ id: v.string(), label: v.string(), votes: v.number(), mine: v.boolean() })),
		}),
	),
});
/** How many levels of its place are not the reader's, and the highest of them. */
export const far = v.object({ distance: v.number(), place: v.nullable(v.string()) });
export const commentOut = v.object({
	id: v.string(),
	author: person,
	threadId: v.nullable(v.string()),
	text: v.string(),
	at: v.string(),
	editedAt: v.nullable(v.string()),
	removed: v.nullable(v.string()),
	thanksCount: v.number(),
	thanked: v.boolean(),
});
export const done = v.object({ id: v.string() });
export const nothing = v.object({});
export const page = v.object({
	cursor: v.optional(idText),
	limit: v.optional(
		v.pipe(
			v.string(),
			v.transform(Number),
			v.integer('app.invalid_value'),
			v.minValue(1, 'app.invalid_value'),
			v.maxValue(50, 'app.invalid_value'),
		),
	),
});
export const words = v.strictObject({ text: v.pipe(writtenText, v.minLength(1, 'feed.text_needed')) });

const key = 'feed.file_unreadable';
const photo = sentFile(key, {
	description: v.pipe(
		pictureWords,
		v.description('What is on it, for who does not see it; empty when it adds nothing to the words'),
	),
});
const sound = sentFile(key, {
	words: v.pipe(v.optional(soundWords, ''), v.description('What is heard, for who does not hear it')),
});

/** What a program may publish: words, a link, a poll, and the files that a page takes. */
export const published = v.strictObject({
	text: PublishForm.entries.text,
	audience: PublishForm.entries.audience,
	as: PublishForm.entries.as,
	subject: PublishForm.entries.subject,
	link_url: PublishForm.entries.link_url,
	video_url: PublishForm.entries.video_url,
	photos: v.optional(v.pipe(v.array(photo), v.maxLength(4, 'feed.photos_too_many')), []),
	sound: v.optional(sound),
	document: v.optional(sentFile(key, {})),
	options: PublishForm.entries.options,
	several: v.optional(v.boolean(), false),
	poll_days: PublishForm.entries.poll_days,
	/** Needed once, for words of one's own that everybody reads. */
	public_ok: v.optional(v.boolean(), false),
});

/** The same as the form of the page has it. What a program sends, it means: it is asked no question about a number in the words. */
export const asForm = (program: v.InferOutput<typeof published>): Publication => {
	const { several, public_ok: isAgreed, photos, sound: heard, document, ...words } = program;
	return {
		...words,
		photos: photos.map(({ sent }) => sent),
		descriptions: photos.map(({ description }) => description),
		document: document?.sent,
		sound: heard?.sent,
		sound_words: heard?.words ?? '',
		several: several ? 'on' : '',
		personal_ok: 'on',
		elsewhere: true,
		...(isAgreed && { public_ok: 'on' }),
	};
};
