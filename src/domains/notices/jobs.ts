import { contactOf } from '#domains/people/index.ts';
import { viewerOfPerson } from '#domains/territory/index.ts';
import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { emit } from '#platform/live/emit.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { sql } from '#platform/sql.ts';
import { mailedTo, stopToken } from './choices.ts';
import { kinds } from './kinds.ts';
import { countUnread, type Notice, noticeRow } from './read.ts';
import { sentenceOf } from './sentence.ts';

/** Writes to a person about a notice they have not read, if they want that and still see what it speaks of; once. */
export async function mailNotice({ personId, id }: { personId: string; id: string }): Promise<void> {
	const viewer = await viewerOfPerson(personId, []);
	await asSystem('notices', async (tx) => {
		const first = await tx.run(sql`update notices.notice set mailed_at = now()
			where notice.person_id = ${personId}::uuid and notice.id = ${id}::uuid and notice.read_at is null and notice.mailed_at is null`);
		const notice = first ? await noticeRow(tx, viewer, id) : undefined;
		const category = notice && kinds[notice.type]?.category;
		if (notice && category && (await mailedTo(tx, personId)).has(category)) await mail(tx, personId, notice);
	});
}

/** Tells the open pages of a person how many lines they have not read. */
export async function ringBell({ personId }: { personId: string }): Promise<void> {
	const viewer = await viewerOfPerson(personId, []);
	await asSystem('notices', async (tx) =>
		emit(tx, `person:${personId}`, { count: await countUnread(tx, viewer) }),
	);
}

async function mail(tx: Tx, personId: string, notice: Notice): Promise<void> {
	const to = await contactOf(tx, personId);
	if (!to) return;
	const from = await house();
	const { say } = wordsOf(from, to.language);
	const category = kinds[notice.type]!.category;
	const stop = `${from.origin}/desabonnement/${stopToken(personId, category)}`;
	const sentence = sentenceOf(say, notice);
	await sendMail(tx, {
		to: to.email,
		personId,
		byId: notice.by?.id ?? null,
		kind: `notices.${notice.type}`,
		language: to.language,
		subject: sentence,
		paragraphs: [sentence],
		action: { label: say('notices.mail_open'), url: notice.href },
		footer: [say('notices.mail_why'), { label: say('notices.mail_stop'), url: stop }],
		...(stop.startsWith('https:') && { unsubscribeUrl: stop }),
	});
}

export const jobs: JobDefinition<never>[] = [
	{ name: 'notices.bell', policy: 'house', work: ringBell } as JobDefinition<never>,
	{ name: 'notices.mail', policy: 'house', work: mailNotice } as JobDefinition<never>,
];
