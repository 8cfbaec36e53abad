import { afterEach, beforeEach } from 'vitest';
import { accept, type Creation, create, invite, join } from '#domains/groups/index.ts';
import { asSystem } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { drainJobs } from '#platform/jobs.ts';
import { mailDomain } from '#platform/mail/in/address.ts';
import { rawMail } from '#platform/mail/in/came.fixture.ts';
import { keepMail } from '#platform/mail/in/keep.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { jobs } from '../jobs.ts';
import { later, said } from '../stage.fixture.ts';
import { addressToAnswer, addressToWrite } from './address.ts';
import { chooseMails } from './choice.ts';
import { sendRound } from './round.ts';

/** A group of Odile's, with these people in it. */
export async function groupWith(visibility: Creation['visibility'], ...people: CastName[]): Promise<string> {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
	const id = await create(await as('odile'), {
		name: 'Jardins partagés',
		aim: 'Faire pousser des légumes ensemble.',
		rules: '',
		visibility,
		subjects: [],
		unit: '',
		seen: 'on',
	});
	for (const name of people) {
		if (visibility === 'open') await join(await as(name), id);
		else {
			await invite(await as('odile'), id, { person: idOf(name) }, true);
			await accept(await as(name), id);
		}
	}
	return id;
}

/** These people of a group receive its mails. */
export async function ticks(group: string, ...people: CastName[]): Promise<void> {
	for (const name of people) await chooseMails(await as(name), group, true);
}

/** Says something in a group; the ten seconds are over, and who listens was told. */
export async function tell(name: CastName, group: string, text: string): Promise<string> {
	const id = await said(await as(name), text, {
		audience: { audience: 'group', unitId: null, groupId: group },
	});
	await outNow(id);
	return id;
}

/** The ten seconds of a post are over. */
export async function outNow(id: string): Promise<void> {
	await later(id);
	await jobs.find(({ name }) => name === 'feed.announce')!.work({ postId: id } as never);
}

export interface Sent {
	to: CastName;
	kind: string;
	problem: string | null;
	message: {
		subject: string;
		text: string;
		from: { name: string; address: string };
		replyTo?: { name: string; address: string };
		messageId: string;
		inReplyTo?: string;
		references?: string[];
		headers: Record<string, string>;
	};
}

const nameOf = (id: string) => (Object.keys(cast) as CastName[]).find((name) => idOf(name) === id)!;

/** Mails of lists that left since the last time, in the order of names. */
export async function mails(kind = 'feed.list'): Promise<Sent[]> {
	await drainJobs();
	const rows = await asSystem('test', (tx) =>
		tx.many<Sent & { to: string }>(sql`delete from platform.mail where kind = ${kind}
			returning person_id as "to", kind, problem, message`),
	);
	return rows.map((row) => ({ ...row, to: nameOf(row.to) })).toSorted((a, b) => a.to.localeCompare(b.to));
}

/** Whom mails were sent to, once the jobs are done. */
export async function mailed(kind?: string): Promise<CastName[]> {
	return (await mails(kind)).filter(({ problem }) => !problem).map(({ to }) => to);
}

const keyOf = (name: CastName, group: string) =>
	asSystem('test', async (tx) => {
		const row = await tx.one<{ key: string }>(sql`select key from feed.list_choice
			where person_id = ${idOf(name)}::uuid and circle_id = ${group}::uuid`);
		return row!.key;
	});

/** Where somebody answers words of a group, or writes to it. */
export const answerAddress = async (name: CastName, group: string, wordId: string) =>
	(await addressToAnswer(await keyOf(name, group), wordId))!;
export const groupAddress = async (name: CastName, group: string) =>
	(await addressToWrite(await keyOf(name, group)))!;

/** The address of somebody's account. */
export const emailOf = async (name: CastName) =>
	(await asSystem('test', (tx) =>
		tx.one<{ email: string }>(sql`select email from people.contact where person_id = ${idOf(name)}::uuid`),
	))!.email;

let counted = 0;
/** A mail of somebody comes in, and is read. */
export async function comes(
	name: CastName,
	to: string,
	text: string,
	headers: Record<string, string | null> = {},
): Promise<void> {
	counted++;
	const from = await emailOf(name);
	const usual = { From: `${cast[name].name} <${from}>`, 'Message-ID': `<mail-${counted}@rive.example>` };
	await keepMail([{ to, from, raw: rawMail(text, { headers: { ...usual, ...headers } }) }]);
	await drainJobs();
}

/** What is said under a post, or in a group. */
export const commentsOf = (postId: string) =>
	asSystem('test', (tx) =>
		tx.many<{
			text: string;
			author: string;
			replyTo: string | null;
		}>(sql`select text, author_id as author, reply_to_id as "replyTo"
			from feed.comment where post_id = ${postId}::uuid order by id`),
	);
export const postsOf = (group: string) =>
	asSystem('test', (tx) =>
		tx.many<{ text: string; author: string }>(
			sql`select text, author_id as author from feed.post where group_id = ${group}::uuid order by id`,
		),
	);

/** Mails let fall so far, by reason. */
export const dropped = () =>
	asSystem('test', (tx) =>
		tx.many<{ reason: string; n: number }>(sql`delete from platform.mail_drop returning reason, n`),
	);

export const domainOfMails = async () => mailDomain(await house());

/** The mails are written, and wait in the outbox. */
export const outboxOf = async (post: string) => {
	await asSystem('test', (tx) =>
		tx.run(sql`insert into feed.list_round (word_id, kind, circle_id)
			select ${post}::uuid, 'post', post.group_id from feed.post where post.id = ${post}::uuid on conflict do nothing`),
	);
	await sendRound({ id: post });
};

/** Mails come in, and before each story nothing waits and nobody is apart. */
export function freshOutbox(): void {
	beforeEach(async () => {
		process.env.COOPOL_MAIL_IN = 'pipe';
		await asSystem('test', async (tx) => {
			for (const table of ['jobs.job', 'safety.block', 'safety.mute', 'platform.mail', 'feed.list_round'])
				await tx.run(sql`delete from ${sql.raw(table)}`);
		});
	});
	afterEach(() => {
		delete process.env.COOPOL_MAIL_IN;
	});
}
