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
import { faultKey } from '../media.ts';
import { type Publication, PublishForm, publish } from '../publish.ts';
import { answerKind, newKind, readPayload } from './address.ts';
import { type Left, picturesIn, withoutStandIns } from './pictures.ts';
import { type Asked, filesLeft, refused } from './tell-back.ts';

interface Seat {
	personId: string;
	groupId: string;
}

/** What a page lets a person do in a minute, a mail does too; a flood waits. */
const rate = { burst: 20, perHour: 60 };

/** What a mail does once it is known whose it is. Gives the path of what was said, and the files that are not in it. */
type Say = (viewer: Viewer, groupId: string, letter: Letter) => Promise<{ href: string; left: Left[] }>;

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
		await throttle({ [`feed.by_mail:${asked.personId}`]: rate });
		const viewer = await viewerOfPerson(asked.personId, []);
		// The same mail twice, even at once, is said once.
		const { href, left } = await say({ ...viewer, requestKey: `mail:${letter.once}` }, asked.groupId, letter);
		return { answer: left.length ? await filesLeft(letter, asked, { href, left }) : undefined };
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

// A comment holds no picture: whoever wants to show one begins a discussion, or adds it on the page.
const answer: Say = async (viewer, groupId, { payload, text, files }) => {
	if (!text) throw invalidField('text', 'feed.list_empty');
	const { postId, replyTo } = await placeOf(groupId, readPayload(payload).wordId);
	const id = await comment(viewer, postId, {
		...parse(CommentForm, { text, reply_to: replyTo }),
		elsewhere: true,
	});
	const left = files.map(({ name }) => ({ name, why: 'feed.list_no_file_here' }));
	return { href: `/publications/${postId}#c-${id}`, left };
};

/** The subject of a mail is its first line: a post has no other title. */
const withSubject = (subject: string, text: string) => [subject, text].filter(Boolean).join('\n\n');

/** Why pictures find no place. */
const full = faultKey('quota');

const begin: Say = async (viewer, groupId, { subject, text: whole, files }) => {
	const { photos, left } = await picturesIn(files);
	const text = withoutStandIns(whole);
	if (!text && !photos.length) throw invalidField('text', left[0]?.why ?? 'feed.list_empty');
	const form: Publication = {
		...parse(PublishForm, { text: withSubject(subject, text), audience: `group:${groupId}`, photos }),
		elsewhere: true,
	};
	try {
		// A key serves one writing, done or not: the second needs it again.
		return { href: `/publications/${await publish({ ...viewer }, form)}`, left };
	} catch (problem) {
		// Their space is full: what is said is said, without pictures.
		if (!text || !(problem instanceof Refusal) || !problem.problems.some(({ key }) => key === full))
			throw problem;
		const href = `/publications/${await publish(viewer, { ...form, photos: [] })}`;
		return { href, left: [...photos.map(({ name }) => ({ name, why: full })), ...left] };
	}
};

declareLetterBox(answerKind, box(answer));
declareLetterBox(newKind, box(begin));
