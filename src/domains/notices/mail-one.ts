import { contactOf, emailsOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import { enqueue, enqueueMany } from '#platform/jobs.ts';
import { type Mail, sendManyWhenMade } from '#platform/mail/queue.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import { chosenBy, chosenByAll, type Decided } from './choices.ts';
import { type Category, kinds } from './kinds.ts';
import { quietAmong } from './quiet.ts';
import { type Notice, noticeRow } from './read.ts';
import { type Rhythm, rhythmFor } from './rhythm.ts';
import { sentenceOf } from './sentence.ts';
import { stopToken } from './stop.ts';

/** One notice of one person, as jobs name it. */
export interface Which {
	personId: string;
	id: string;
}

interface Waiting extends Which {
	type: string;
	category: Category;
	unitId: string | null;
	groupId: string | null;
}

/** Those of these notices that nobody read nor mailed yet, held until the transaction ends. */
async function waiting(tx: Tx, notices: readonly Which[]): Promise<Waiting[]> {
	const rows = await tx.many<Omit<Waiting, 'category'>>(sql`
		select notice.person_id as "personId", notice.id, notice.type, notice.unit_id as "unitId", notice.group_id as "groupId"
		from notices.notice where (notice.person_id, notice.id) in (${these(notices)})
			and notice.read_at is null and notice.mailed_at is null order by notice.person_id, notice.id for update`);
	return rows.flatMap((row) => (kinds[row.type] ? [{ ...row, category: kinds[row.type]!.category }] : []));
}

const these = (notices: readonly Which[]): Sql => {
	const [people, ids] = [notices.map(({ personId }) => personId), notices.map(({ id }) => id)];
	return sql`select * from unnest(${list(people, 'uuid')}, ${list(ids, 'uuid')})`;
};

/** What a person who decided this wants for what comes from there. */
const wanted = (
	{ pace, chosen }: Decided,
	{ category, unitId, groupId }: Omit<Waiting, keyof Which>,
): Rhythm => rhythmFor(pace, chosen, { category, channel: 'mail', unitId, groupId });

/**
 * Writes to people about notices they have not read, if they want that and still see what it speaks of; once. In the quiet hours of
 * somebody it waits for the end of them, unless it is about the keys of their account.
 */
export async function mailNotices({ notices }: { notices: readonly Which[] }): Promise<void> {
	await asSystem('notices', async (tx) => {
		const rows = await waiting(tx, notices);
		const people = [...new Set(rows.map(({ personId }) => personId))];
		const decided = await chosenByAll(tx, people);
		const quiet = await quietAmong(tx, people);
		const asked = rows.filter(
			(row) => decided.has(row.personId) && wanted(decided.get(row.personId)!, row) === 'each',
		);
		const isLate = ({ type, personId }: Waiting) => !kinds[type]!.urgent && quiet.has(personId);
		const late = Map.groupBy(asked.filter(isLate), ({ personId }) => quiet.get(personId)!.getTime());
		for (const [until, some] of late) await queueMails(tx, some, new Date(until));
		await mailNow(
			tx,
			asked.filter((row) => !isLate(row)),
		);
	});
}

async function mailNow(tx: Tx, rows: readonly Waiting[]): Promise<void> {
	if (!rows.length) return;
	await noteMailed(tx, rows);
	const emails = await emailsOf(
		tx,
		rows.map(({ personId }) => personId),
	);
	const mails = rows.flatMap(({ personId, id, type }) => {
		const to = emails.get(personId);
		return to ? [{ to, personId, kind: `notices.${type}`, from: { personId, id } }] : [];
	});
	await sendManyWhenMade(tx, sending, mails);
}

/** The same for one notice. */
export const mailNotice = (which: Which): Promise<void> => mailNotices({ notices: [which] });

/** Above, what is told at once rings and is mailed as one work: one by one, most of the time goes into fetching jobs. */
export const alone = 20;

/** Has these mailed then, unless they are read before. */
export async function queueMails(tx: Tx, notices: readonly Which[], startAfter: Date): Promise<void> {
	const named = notices.map(({ personId, id }) => ({ personId, id }));
	if (named.length > alone) await enqueue(tx, 'notices.mails', { notices: named }, { startAfter });
	else await enqueueMany(tx, 'notices.mail', named, { startAfter });
}

/** The job that sends the mails of this domain: each is made as it leaves. */
export const sending = 'notices.send';

/** The mail of one notice, if its person still sees what it speaks of, and did not stop such mails meanwhile. */
export async function makeOne(tx: Tx, { personId, id }: Which): Promise<Mail | null> {
	const notice = await noticeRow(tx, await viewerOfPerson(personId, []), id);
	if (!notice) return null;
	const { category } = kinds[notice.type]!;
	if (wanted(await chosenBy(tx, personId), { ...notice, category }) === 'none') return null;
	return mailOf(tx, personId, notice);
}

/** They were mailed; what is not listed is thereby read: what comes next about the same thing is a new line. */
export const noteMailed = (tx: Tx, notices: readonly Which[]): Promise<number> =>
	tx.run(sql`update notices.notice set mailed_at = now(), read_at = case when notice.unlisted then now() else notice.read_at end
		where (notice.person_id, notice.id) in (${these(notices)})`);

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
