import { contactOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem } from '#platform/db.ts';
import { invalidField, notFound, Refusal } from '#platform/errors.ts';
import { parse } from '#platform/http/parse.ts';
import { oneAddress } from '#platform/mail/address.ts';
import { declareLetterBox, type Letter, type LetterBox, type Outcome } from '#platform/mail/in/letter-box.ts';
import { sql } from '#platform/sql.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { CommentForm, comment } from '../comment.ts';
import { PublishForm, publish } from '../publish.ts';
import { answerKind, newKind, readPayload } from './address.ts';
import { type Asked, filesLeft, refused } from './tell-back.ts';

interface Seat {
	personId: string;
	groupId: string;
}

/** What a page lets a person do in a minute, a mail does too; a flood waits. */
const rate = { burst: 20, perHour: 60 };

/** What a mail does once it is known whose it is. Gives the path of what was said. */
type Say = (viewer: Viewer, groupId: string, letter: Letter) => Promise<string>;

/** Reads a mail to an address of ours as the act of the person whom it names, with all the rules of the page. */
const box =
	(say: Say): LetterBox =>
	async (letter) => {
		const seat = await seatOf(letter);
		if (!seat) return { dropped: 'forged' };
		const to = await asSystem('mail-in', (tx) => contactOf(tx, seat.personId));
		if (!to || oneAddress(to.email).toLowerCase() !== letter.from) return { dropped: 'sender' };
		return act(say, letter, { ...seat, email: to.email, language: to.language });
	};

const seatOf = ({ payload }: Letter) =>
	asSystem('mail-in', (tx) =>
		tx.one<Seat>(sql`select list_choice.person_id as "personId", list_choice.circle_id as "groupId"
			from feed.list_choice where list_choice.key = ${readPayload(payload).key}`),
	);

async function act(say: Say, letter: Letter, asked: Asked): Promise<Outcome> {
	try {
		if (letter.isTooLong) throw invalidField('text', 'feed.text_too_long');
		if (!letter.text) throw invalidField('text', 'feed.list_empty');
		await throttle({ [`feed.by_mail:${asked.personId}`]: rate });
		const viewer = await viewerOfPerson(asked.personId, []);
		// The same mail twice, even at once, is said once.
		const href = await say({ ...viewer, requestKey: `mail:${letter.once}` }, asked.groupId, letter);
		return { answer: letter.hadFiles ? await filesLeft(letter, asked, href) : undefined };
	} catch (refusal) {
		if (!(refusal instanceof Refusal)) throw refusal;
		return { answer: await refused(letter, asked, refusal) };
	}
}

/** The post under which it is said, and the comment it answers: of this group, or nothing. */
async function placeOf(groupId: string, wordId: string | null) {
	const place = await asSystem('mail-in', (tx) =>
		tx.one<{ postId: string; replyTo: string }>(sql`
			select post.id as "postId", '' as "replyTo" from feed.post where post.id = ${wordId}::uuid and post.group_id = ${groupId}::uuid
			union all select post.id, comment.id::text from feed.comment join feed.post on post.id = comment.post_id
			where comment.id = ${wordId}::uuid and post.group_id = ${groupId}::uuid`),
	);
	if (!place) throw notFound();
	return place;
}

const answer: Say = async (viewer, groupId, { payload, text }) => {
	const { postId, replyTo } = await placeOf(groupId, readPayload(payload).wordId);
	const id = await comment(viewer, postId, parse(CommentForm, { text, reply_to: replyTo }));
	return `/publications/${postId}#c-${id}`;
};

/** The subject of a mail is its first line: a post has no other title. */
const withSubject = (subject: string, text: string) => (subject ? `${subject}\n\n${text}` : text);

const begin: Say = async (viewer, groupId, { subject, text }) => {
	const form = parse(PublishForm, { text: withSubject(subject, text), audience: `group:${groupId}` });
	return `/publications/${await publish(viewer, form)}`;
};

declareLetterBox(answerKind, box(answer));
declareLetterBox(newKind, box(begin));
