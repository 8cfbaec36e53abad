import { contactOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { enqueue } from '#platform/jobs.ts';
import { type Mail, sendWhenMade } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { chosenBy } from './choices.ts';
import { type Category, kinds } from './kinds.ts';
import { quietUntil } from './quiet.ts';
import { type Notice, noticeRow } from './read.ts';
import { type Rhythm, rhythmFor } from './rhythm.ts';
import { sentenceOf } from './sentence.ts';
import { stopToken } from './stop.ts';

/** One notice of one person, as jobs name it. */
export interface Which {
	personId: string;
	id: string;
}

interface Waiting {
	type: string;
	category: Category;
	unitId: string | null;
	groupId: string | null;
}

/** A notice that nobody read nor mailed yet, held until the transaction ends. */
async function waiting(tx: Tx, { personId, id }: Which): Promise<Waiting | undefined> {
	const row = await tx.one<Omit<Waiting, 'category'>>(sql`
		select notice.type, notice.unit_id as "unitId", notice.group_id as "groupId" from notices.notice
		where notice.person_id = ${personId}::uuid and notice.id = ${id}::uuid and notice.read_at is null and notice.mailed_at is null for update`);
	const category = row && kinds[row.type]?.category;
	return category && { ...row, category };
}

/** What a person wants now for what comes from there. */
async function wanted(tx: Tx, personId: string, { category, unitId, groupId }: Waiting): Promise<Rhythm> {
	const { pace, chosen } = await chosenBy(tx, personId);
	return rhythmFor(pace, chosen, { category, channel: 'mail', unitId, groupId });
}

/**
 * Writes to a person about a notice they have not read, if they want that and still see what it speaks of; once. In their quiet
 * hours it waits for the end of them, unless it is about the keys of their account.
 */
export async function mailNotice(which: Which): Promise<void> {
	const { personId, id } = which;
	await asSystem('notices', async (tx) => {
		const row = await waiting(tx, which);
		if (!row || (await wanted(tx, personId, row)) !== 'each') return;
		const until = kinds[row.type]!.urgent ? null : await quietUntil(tx, personId);
		if (until) return enqueue(tx, 'notices.mail', which, { startAfter: until });
		await noteMailed(tx, personId, [id]);
		const to = await contactOf(tx, personId);
		if (!to) return;
		const kind = `notices.${row.type}`;
		await sendWhenMade(tx, { to: to.email, personId, kind, job: sending, from: { ...which } });
	});
}

/** The job that sends the mails of this domain: each is made as it leaves. */
export const sending = 'notices.send';

/** The mail of one notice, if its person still sees what it speaks of, and did not stop such mails meanwhile. */
export async function makeOne(tx: Tx, { personId, id }: Which): Promise<Mail | null> {
	const notice = await noticeRow(tx, await viewerOfPerson(personId, []), id);
	if (!notice) return null;
	const { category } = kinds[notice.type]!;
	if ((await wanted(tx, personId, { ...notice, category })) === 'none') return null;
	return mailOf(tx, personId, notice);
}

/** They were mailed; what is not listed is thereby read: what comes next about the same thing is a new line. */
export const noteMailed = (tx: Tx, personId: string, ids: string[]): Promise<number> =>
	tx.run(sql`update notices.notice set mailed_at = now(), read_at = case when notice.unlisted then now() else notice.read_at end
		where notice.person_id = ${personId}::uuid and notice.id = any (${ids}::uuid[])`);

/** Where this very choice is made. */
export const settingOf = (category: Category) => `/avis/reglages#${category}`;

async function mailOf(tx: Tx, personId: string, notice: Notice): Promise<Mail | null> {
	const to = await contactOf(tx, personId);
	if (!to) return null;
	const { category } = kinds[notice.type]!;
	const from = await house();
	const words = wordsOf(from, to.language);
	const { say } = words;
	const stop = `${from.origin}/desabonnement/${stopToken(personId, category)}`;
	const sentence = sentenceOf(words, notice);
	return {
		to: to.email,
		personId,
		byId: notice.by?.id ?? null,
		kind: `notices.${notice.type}`,
		language: to.language,
		subject: sentence,
		paragraphs: [sentence],
		action: { label: say('notices.mail_open'), url: notice.href },
		footer: [
			say('notices.mail_why'),
			{ label: say('notices.mail_settings'), url: settingOf(category) },
			{ label: say('notices.mail_stop'), url: stop },
		],
		...(stop.startsWith('https:') && { unsubscribeUrl: stop }),
	};
}
