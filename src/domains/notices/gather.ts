import { contactOf, suppressionOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import type { DigestReader } from '#platform/domain.ts';
import { house } from '#platform/house.ts';
import { enqueue } from '#platform/jobs.ts';
import { type Mail, sendWhenMade } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { chosenBy } from './choices.ts';
import { digestOf, digestReader } from './digest.ts';
import { kinds } from './kinds.ts';
import { noteMailed, sending, settingOf } from './mail-one.ts';
import { quietUntil } from './quiet.ts';
import { type Notice, toldRows, waitingRows } from './read.ts';
import { rhythmFor } from './rhythm.ts';
import type { Round } from './round.ts';
import { sentenceOf } from './sentence.ts';
import { stopToken } from './stop.ts';

const linesAtMost = 20;

type List = { heading: string; links: { label: string; url: string }[] };

/**
 * Puts one grouped mail in the outbox: notices that waited for it and are still unread, and on Friday what the week brings, which is
 * gathered as it leaves. Nothing to say: nothing leaves. In quiet hours it waits for the end of them.
 */
export async function gatherMail(round: Round): Promise<void> {
	const { personId } = round;
	await asSystem('notices', async (tx) => {
		if (!(await isHeld(tx, round))) return;
		const until = await quietUntil(tx, personId);
		if (until) return enqueue(tx, 'notices.gather', round, { startAfter: until });
		await tx.run(sql`update notices.round set made_at = now()
			where round.person_id = ${personId}::uuid and round.day = ${round.day}::date`);
		const told = await waitingFor(tx, round);
		const ids = told.map(({ id }) => id);
		await noteMailed(
			tx,
			ids.map((id) => ({ personId, id })),
		);
		const to = ids.length || round.kind === 'weekly' ? await contactOf(tx, personId) : null;
		if (!to) return;
		const kind = `notices.${round.kind}`;
		await sendWhenMade(tx, { to: to.email, personId, kind, job: sending, from: { ...round, ids } });
	});
}

/** The mail as it is true when it leaves: what was taken back, hidden or erased since is not in it. */
export async function makeGathered(
	tx: Tx,
	{ ids, ...round }: Round & { ids: string[] },
): Promise<Mail | null> {
	return mailOf(tx, round, await toldRows(tx, await viewerOfPerson(round.personId, []), ids));
}

/** The mail of these notices, and of the week where it is the weekly one; null when there is nothing to say. */
async function mailOf(tx: Tx, round: Round, told: Notice[]): Promise<Mail | null> {
	const { personId, kind } = round;
	const reader = await digestReader(tx, personId, await lastWeekly(tx, round));
	const lists = [
		...noticesIn(reader, told),
		...(kind === 'weekly' ? await digestIn(tx, personId, reader) : []),
	];
	return lists.length ? written(tx, round, reader, lists) : null;
}

/** The mail was not made yet: held, so that two workers make one. */
const isHeld = async (tx: Tx, { personId, day }: Round): Promise<boolean> =>
	Boolean(
		await tx.one(sql`select 1 as found from notices.round
			where round.person_id = ${personId}::uuid and round.day = ${day}::date and round.made_at is null for update`),
	);

/** Since when the week counts: the last weekly mail, a week at least and a month at most. */
async function lastWeekly(tx: Tx, { personId, day }: Round): Promise<Date> {
	const row = await tx.one<{
		since: Date;
	}>(sql`select greatest(now() - interval '31 days', least(now() - interval '7 days',
			max(round.made_at))) as since
		from notices.round where round.person_id = ${personId}::uuid and round.kind = 'weekly' and round.day < ${day}::date`);
	return row!.since;
}

/** Notices that go with this mail, as their person wants it now; who wants them by mail no more is asked no more. */
async function waitingFor(tx: Tx, { personId, kind }: Round): Promise<Notice[]> {
	const viewer = await viewerOfPerson(personId, []);
	const { pace, chosen } = await chosenBy(tx, personId);
	const rows = (await waitingRows(tx, viewer)).map((row) => {
		const { category } = kinds[row.type]!;
		return { row, rhythm: rhythmFor(pace, chosen, { category, channel: 'mail', ...row }) };
	});
	const unwanted = rows.filter(({ rhythm }) => rhythm === 'none').map(({ row }) => row.id);
	if (unwanted.length)
		await tx.run(sql`update notices.notice set waits = null
			where notice.person_id = ${personId}::uuid and notice.id = any (${unwanted}::uuid[])`);
	const goes = (rhythm: string) => rhythm !== 'none' && (kind === 'weekly' || rhythm !== 'weekly');
	return rows.filter(({ rhythm }) => goes(rhythm)).map(({ row }) => row);
}

function noticesIn({ words }: DigestReader, told: Notice[]): List[] {
	const links = told
		.slice(0, linesAtMost)
		.map((one) => ({ label: sentenceOf(words, one), url: `/avis/${one.id}` }));
	const more = told.length - links.length;
	if (more > 0) links.push({ label: words.say('notices.digest_more', { n: more }), url: '/avis' });
	return links.length ? [{ heading: words.say('notices.digest_notices'), links }] : [];
}

async function digestIn(tx: Tx, personId: string, reader: DigestReader): Promise<List[]> {
	const { pace, chosen } = await chosenBy(tx, personId);
	if (rhythmFor(pace, chosen, { category: 'digest', channel: 'mail' }) === 'none') return [];
	return (await digestOf(tx, reader)).map(({ heading, items }) => ({
		heading: reader.words.say(heading as 'notices.digest_notices'),
		links: items.map(({ text, href }) => ({ label: text, url: href })),
	}));
}

async function written(tx: Tx, round: Round, reader: DigestReader, lists: List[]): Promise<Mail | null> {
	const { personId, kind } = round;
	const to = await contactOf(tx, personId);
	if (!to || (!reader.hasAccount && (await isSuppressed(tx, to.email)))) return null;
	const { say } = reader.words;
	const { origin, name } = await house();
	const stop = `${origin}/desabonnement/${stopToken(personId, 'digest')}`;
	const shared = { to: to.email, personId, kind: `notices.${kind}`, language: to.language, lists };
	if (kind === 'daily')
		return {
			...shared,
			subject: say('notices.daily_subject', { name }),
			paragraphs: [say('notices.daily_text')],
			footer: [say('notices.mail_why'), { label: say('notices.mail_settings'), url: '/avis/reglages' }],
		};
	return {
		...shared,
		subject: say('notices.weekly_subject', { name }),
		paragraphs: [say('notices.weekly_text')],
		...(!reader.hasAccount && { action: { label: say('notices.digest_join'), url: '/bienvenue' } }),
		footer: [...whyIn(reader, name), { label: say('notices.digest_stop'), url: stop }],
		...(stop.startsWith('https:') && { unsubscribeUrl: stop }),
	};
}

/** Why it comes, and where one changes that: who has no account has no settings either. */
const whyIn = ({ hasAccount, words: { say } }: DigestReader, name: string) =>
	hasAccount
		? [say('notices.mail_why'), { label: say('notices.mail_settings'), url: settingOf('digest') }]
		: [say('notices.digest_why_file', { name })];

const isSuppressed = async (tx: Tx, email: string): Promise<boolean> =>
	Boolean(
		await tx.one(
			sql`select 1 as found from people.suppression where suppression.email_hash = ${suppressionOf(email)}`,
		),
	);
