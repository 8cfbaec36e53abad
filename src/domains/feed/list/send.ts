import { commentAt, quietUntil } from '#domains/notices/index.ts';
import { contactOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { type HouseSettings, house, wordsOf } from '#platform/house.ts';
import { enqueue, type JobDefinition } from '#platform/jobs.ts';
import { mailDomain, takesMail } from '#platform/mail/in/address.ts';
import { sendingJob } from '#platform/mail/jobs.ts';
import { type Mail, sendWhenMade } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { excerpt } from '#platform/text/markdown.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { Words } from '#platform/wording/index.ts';
import { namesIn } from '../cards.ts';
import { written } from '../unnamed.ts';
import { addressToAnswer, addressToWrite } from './address.ts';
import { stopListToken } from './stop.ts';
import { type Word, type WordsSaid, wordsSaid } from './words-said.ts';

export const mailKind = 'feed.list';
const subjectLetters = 60;

/** The job that sends these mails: each is made as it leaves. */
const sending = 'feed.send_list';

/** The job of a mail that waits for the end of quiet hours. */
const waiting = 'feed.list_wait';

/** Writes to one person what was said in a group, if it is for them as it leaves; in their quiet hours, once these are over. */
export async function sendWord(tx: Tx, viewer: Viewer, { kind, id }: Word): Promise<void> {
	const personId = viewer.id!;
	const until = await quietUntil(tx, personId);
	if (until) return enqueue(tx, waiting, { personId, kind, id }, { startAfter: until });
	const to = await contactOf(tx, personId);
	if (!to) return;
	await sendWhenMade(tx, {
		to: to.email,
		personId,
		kind: mailKind,
		job: sending,
		from: { personId, kind, id },
	});
}

/** What waited for the end of somebody's quiet hours, if it is still for them; done twice, it is sent once. */
async function sendLater({ personId, ...word }: Word & { personId: string }): Promise<void> {
	const viewer = await viewerOfPerson(personId, []);
	if (!viewer.id) return;
	await asSystem('feed', async (tx) => {
		await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`feed.list:${personId}`}))`);
		const sent = await tx.one(sql`select 1 as sent from platform.mail where mail.person_id = ${personId}::uuid
			and mail.kind = ${mailKind} and mail.remade_from->>'id' = ${word.id}`);
		if (!sent) await sendWord(tx, viewer, word);
	});
}

export const waitListJob = { name: waiting, policy: 'house', work: sendLater } as JobDefinition<never>;

/** The mail as it is true when it leaves: whoever left, or may not read these words any more, does not get them. */
const make = async (tx: Tx, { personId, ...word }: Word & { personId: string }): Promise<Mail | null> => {
	const viewer = await viewerOfPerson(personId, []);
	return viewer.id ? mailOf(tx, viewer, word) : null;
};

/** How a mail of a group leaves. */
export const leaving = { job: sending, make };
export const sendListJob = sendingJob(sending, make);

async function mailOf(tx: Tx, viewer: Viewer, word: Word): Promise<Mail | null> {
	const said = await wordsSaid(tx, viewer, word);
	const to = said && (await contactOf(tx, viewer.id!));
	if (!said || !to) return null;
	const from = await house();
	const words = wordsOf(from, to.language);
	const nameOf = await namesIn(tx, viewer, [said.text, said.postText]);
	const text = said.text.replace(
		written,
		(_, name: string, id: string) => `@${nameOf(id.toLowerCase()) ?? name}`,
	);
	return {
		to: to.email,
		personId: viewer.id,
		byId: said.authorId,
		kind: mailKind,
		language: to.language,
		fromName: words.say('feed.list_from', { name: said.author, group: said.group }),
		subject: subjectOf(
			word,
			{ ...said, postText: excerpt(said.postText, subjectLetters, { nameOf }) },
			words,
		),
		...threadOf(word, said, from),
		...(await waysBack(word, said, from)),
		...bodyOf(word, { ...said, text }, words),
		...footerOf(viewer.id!, said.groupId, from, words),
	};
}

function subjectOf({ kind }: Word, { author, group, postText }: WordsSaid, { say }: Words): string {
	const about = postText || say('feed.list_untitled', { name: author });
	return `${kind === 'comment' ? 'Re: ' : ''}[${group}] ${about}`;
}

/** The same words have the same id, whoever gets them: programs put answers under what they answer. */
function threadOf(word: Word, { postId, answeredId }: WordsSaid, from: HouseSettings): Partial<Mail> {
	const idOf = (id: string) => `<${id}@${mailDomain(from)}>`;
	const before = word.kind === 'comment' ? [postId, ...(answeredId ? [answeredId] : [])].map(idOf) : [];
	const inReplyTo = before.at(-1);
	return { messageId: idOf(word.id), ...(inReplyTo && { inReplyTo, references: before }) };
}

async function waysBack(word: Word, said: WordsSaid, from: HouseSettings): Promise<Partial<Mail>> {
	const answer = await addressToAnswer(said.key, word.id);
	return {
		...(answer && { replyTo: { name: said.group, address: answer } }),
		list: {
			id: `${said.groupId}.groupes.${mailDomain(from)}`,
			post: await addressToWrite(said.key),
			archive: `${from.origin}/groupes/${said.groupId}`,
		},
	};
}

function bodyOf(word: Word, said: WordsSaid, { say }: Words): Pick<Mail, 'paragraphs' | 'action'> {
	const href = word.kind === 'post' ? `/publications/${said.postId}` : commentAt(said.postId, word.id);
	const { author: name, group } = said;
	const says =
		word.kind === 'post' ? say('feed.list_says', { name, group }) : say('feed.list_answers', { name, group });
	const text = said.text.split(/\n{2,}/).filter(Boolean);
	return {
		paragraphs: [says, ...text, ...(said.hasMore ? [say('feed.list_more')] : [])],
		action: { label: say('feed.list_open'), url: href },
	};
}

function footerOf(
	personId: string,
	groupId: string,
	from: HouseSettings,
	{ say }: Words,
): Pick<Mail, 'footer' | 'unsubscribeUrl'> {
	const stop = `${from.origin}/desabonnement/groupe/${stopListToken(personId, groupId)}`;
	return {
		footer: [
			takesMail() ? say('feed.list_reply') : say('feed.list_reply_page'),
			say('feed.list_why'),
			{ label: say('feed.list_setting'), url: `/groupes/${groupId}#par-mail` },
			{ label: say('feed.list_stop_link'), url: stop },
		],
		...(stop.startsWith('https:') && { unsubscribeUrl: stop }),
	};
}
