import * as v from 'valibot';
import { idText, line, lines, readable } from '#platform/text/typed.ts';

/** Longest text of a post or of a comment, in characters. */
export const textMax = 10_000;

/** Longest words written beside a sound, in characters. */
export const soundWordsMax = 5_000;

/** Who may be named in a text, as they are typed (src/enhance). */
export const mentionAt = '/recherche/suggestions?personnes=1&q=';

/** What a person wrote, with its line ends made one kind. */
export const writtenText = v.pipe(
	v.string('feed.text_needed'),
	v.transform(readable),
	v.maxLength(textMax, 'feed.text_too_long'),
);

/** What is on a picture, for who does not see it. */
export const pictureWords = line(500, 'feed.description_too_long');

/** What is heard in a sound, for who does not hear it. */
export const soundWords = lines(soundWordsMax, 'feed.sound_words_too_long');

const isWebAddress = (text: string) => {
	const url = URL.parse(text);
	return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password;
};

/** An address of the web, or nothing. */
export const webAddress = v.optional(
	v.pipe(
		line(2000, 'feed.link_shape'),
		v.check((text) => !text || isWebAddress(text), 'feed.link_shape'),
		v.transform((text) => text && new URL(text).href),
	),
	'',
);

/** People picked by the page among those of one name. */
export const namedIds = v.optional(v.pipe(v.array(idText), v.maxLength(40, 'app.invalid_value')), []);

/** What a text is about: a subject of the list, or none. */
export const subjectChosen = v.union([v.literal(''), idText], 'feed.subject_unknown');
