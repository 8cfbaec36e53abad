import type { Problem, Refusal } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { Letter } from '#platform/mail/in/letter-box.ts';
import type { Mail } from '#platform/mail/queue.ts';
import { throttle } from '#platform/throttle.ts';
import type { Key } from '#platform/wording/index.ts';
import type { Left } from './pictures.ts';

/** Who wrote, to which group. */
export interface Asked {
	personId: string;
	groupId: string;
	email: string;
	language: 'fr' | 'en';
}

/** Few: who writes a lot and is refused is told a few times a day. */
const rate = { burst: 5, perHour: 5 / 24 };

const isWritable = ({ personId }: Asked) =>
	throttle({ [`feed.list_answer:${personId}`]: rate }).then(
		() => true,
		(refusal: Error) => {
			if (refusal.name !== 'TooMany') throw refusal;
			return false;
		},
	);

/** A short mail back, that no program answers; nothing when theirs asks for none. */
async function back(
	{ isUnanswered, messageId }: Letter,
	asked: Asked,
	said: { subject: string; paragraphs: string[]; action: { label: string; url: string } },
): Promise<Mail | undefined> {
	if (isUnanswered || !(await isWritable(asked))) return undefined;
	return {
		to: asked.email,
		personId: asked.personId,
		kind: 'feed.list_answer',
		language: asked.language,
		autoReplied: true,
		...(messageId && { inReplyTo: messageId, references: [messageId] }),
		...said,
	};
}

/** It was said, without some of the files that came with it: which, and why each. */
export async function filesLeft(
	letter: Letter,
	asked: Asked,
	{ href, left }: { href: string; left: Left[] },
): Promise<Mail | undefined> {
	const { say } = wordsOf(await house(), asked.language);
	const lines = left.map(({ name, why }) =>
		say('feed.list_file_left', { name: name || say('feed.list_file_unnamed'), why: say(why as Key) }),
	);
	return back(letter, asked, {
		subject: say('feed.list_files_subject'),
		paragraphs: [say('feed.list_files_text', { n: left.length }), ...lines],
		action: { label: say('feed.list_open'), url: href },
	});
}

/** It was not said: why, and what to do. */
export async function refused(letter: Letter, asked: Asked, refusal: Refusal): Promise<Mail | undefined> {
	const { say } = wordsOf(await house(), asked.language);
	const why = reasonOf(refusal);
	return back(letter, asked, {
		subject: say('feed.list_refused_subject', { subject: letter.subject }),
		paragraphs: [
			say('feed.list_refused_text'),
			say(why.key as Key, why.args),
			say('feed.list_refused_again'),
		],
		action: { label: say('feed.list_open_group'), url: `/groupes/${asked.groupId}` },
	});
}

/** Sentences that speak of the page one is on, and what a mail says instead. */
const byMail: Record<string, string> = {
	'app.too_many': 'feed.list_slow',
	'feed.audience_refused': 'feed.list_closed',
	'feed.mention_ambiguous': 'feed.list_ambiguous',
	'feed.personal_question': 'feed.list_personal',
	'feed.reply_gone': 'feed.list_closed',
	'feed.slowed_comments': 'feed.list_slow',
	'feed.slowed_posts': 'feed.list_slow',
	'feed.too_many_comments': 'feed.list_slow',
	'feed.too_many_posts': 'feed.list_slow',
	'feed.text_too_long': 'feed.list_too_long',
};

/** The page's own sentence, unless it speaks of the page. */
const reasonOf = ({ problems: [first] }: Refusal): Problem =>
	first ? { ...first, key: byMail[first.key] ?? first.key } : { field: '', key: 'feed.list_closed' };
