import { forgetJournal } from '../audit.ts';
import type { Tx } from '../db.ts';
import type { Privacy } from '../domain.ts';
import { dropFile } from '../files/keep.ts';
import { leaveBytes } from '../files/leave.ts';
import { type Sql, sql } from '../sql.ts';

const day = 86_400_000;
const days = { mail: 90, erasure: 365 };

/** What the platform itself keeps about people: mails, files, the journal, requests of export and erasure. */
export const own: Privacy = {
	tables: {
		'platform.mail': {
			person: 'person_id',
			columns: ['recipient', 'person_id', 'by_id', 'message', 'problem', 'remade_from'],
			kept: '90 days',
			onErase: 'delete',
		},
		'platform.mail_in': {
			person: null,
			columns: ['sealed'],
			kept: 'until it is read, 3 days at most',
			onErase: 'keep',
		},
		'platform.file': {
			person: 'owner_id',
			columns: ['owner_id', 'name', 'description'],
			kept: 'with what holds it',
			onErase: 'delete',
		},
		'platform.setting': {
			person: null,
			columns: ['changed_by'],
			kept: 'until the next change',
			onErase: 'anonymise',
		},
		'platform.receipt': {
			person: null,
			columns: ['key', 'result', 'asked'],
			kept: '7 days',
			onErase: 'delete',
		},
		'platform.bucket': { person: null, columns: ['key'], kept: '2 days', onErase: 'delete' },
		'platform.erasure': {
			person: 'person_id',
			columns: ['person_id', 'suppression'],
			kept: '1 year',
			onErase: 'keep',
		},
		'platform.export': {
			person: 'person_id',
			columns: ['person_id', 'stored_id'],
			kept: '1 day',
			onErase: 'delete',
		},
		'platform.unsent': {
			person: 'person_id',
			columns: ['person_id', 'sealed'],
			kept: '1 day',
			onErase: 'delete',
		},
		'audit.entry': {
			person: 'actor_id',
			columns: ['actor_id', 'subject_id', 'reason', 'detail'],
			kept: '3 years',
			onErase: 'keep',
		},
		'audit.anchor': { person: null, columns: ['sent_to'], kept: '3 years', onErase: 'keep' },
	},
	gather: async (tx, id) => ({
		'platform.mail': await tx.many(
			sql`select kind, recipient, message, created_at, sent_at from platform.mail where person_id = ${id}::uuid order by created_at`,
		),
		'platform.file':
			await tx.many(sql`select id, holder, kind, nullif(name, holder) as name, description, bytes::float8 as bytes, created_at
			from platform.file where owner_id = ${id}::uuid order by created_at`),
		'platform.erasure': await tx.many(
			sql`select asked_at, due_at from platform.erasure where person_id = ${id}::uuid`,
		),
		'platform.unsent': await tx.many(
			sql`select kept_at from platform.unsent where person_id = ${id}::uuid order by kept_at`,
		),
		// What others read or decided about them, without who: an officer's name is not the person's data.
		'audit.about_me': await tx.many(
			sql`select at, act, reason from audit.entry where subject_id = ${id}::uuid order by entry.seq`,
		),
		'audit.by_me': await tx.many(
			sql`select at, act, subject, reason from audit.entry where actor_id = ${id}::uuid order by entry.seq`,
		),
	}),
	said: {
		'platform.mail.kind': null,
		'platform.mail.message.html': null,
		'platform.mail.message.headers': null,
		'platform.mail.message.envelope': null,
		'platform.mail.message.messageId': null,
		'platform.mail.message.from': null,
		'platform.mail.message.to': null,
		'platform.mail.message.replyTo': null,
		'platform.mail.message.inReplyTo': null,
		'platform.mail.message.references': null,
		'platform.file.holder': 'privacy.is_',
		'audit.about_me.act': 'safety.act_',
		'audit.by_me.act': 'safety.act_',
		'audit.by_me.subject': 'privacy.is_',
	},
	erase,
	retain,
};

async function erase(tx: Tx, id: string): Promise<void> {
	const files = await tx.many<{ id: string }>(sql`select id from platform.file where owner_id = ${id}::uuid`);
	for (const file of files) await dropFile(tx, file.id);
	await dropExports(tx, sql`person_id = ${id}::uuid`);
	await tx.run(sql`delete from platform.unsent where person_id = ${id}::uuid`);
	await tx.run(sql`delete from platform.mail where ${id}::uuid in (person_id, by_id)
		or recipient in (select mail.recipient from platform.mail where mail.person_id = ${id}::uuid)`);
	// What was tried and will be made again as it leaves may quote them: it is made without them, and until then says nothing.
	await tx.run(
		sql`update platform.mail set message = '{}' where mail.remade_from is not null and mail.sent_at is null`,
	);
	await tx.run(sql`update platform.setting set changed_by = null where changed_by = ${id}::uuid`);
	const naming = `%${id}%`;
	await tx.run(sql`delete from platform.receipt where key like ${naming} or result::text like ${naming}`);
	await tx.run(sql`delete from platform.bucket where key like ${naming}`);
	// Work that speaks of them, waiting or done, with what it carried.
	await tx.run(sql`delete from jobs.job where data::text like ${naming}`);
}

/** Forgets exports, bytes included. */
async function dropExports(tx: Tx, which: Sql): Promise<number> {
	const gone = await tx.many<{ stored_id: string | null }>(
		sql`delete from platform.export where ${which} returning stored_id`,
	);
	leaveBytes(tx, gone);
	return gone.length;
}

async function retain(tx: Tx, now: Date, dry: boolean): Promise<Record<string, number>> {
	const before = (n: number) => new Date(now.getTime() - n * day);
	const count = async (from: Sql) =>
		(await tx.one<{ n: number }>(sql`select count(*)::int as n from ${from}`))!.n;
	const expired = sql`coalesce(expires_at, asked_at + interval '1 day') < ${now}`;
	const mails = sql`platform.mail where created_at < ${before(days.mail)}`;
	const done = sql`platform.erasure where done_at < ${before(days.erasure)}`;
	const unsent = sql`platform.unsent where kept_at < ${before(1)}`;
	const mailsIn = sql`platform.mail_in where at < ${before(3)}`;
	const drops = sql`platform.mail_drop where day < ${before(90)}::date`;
	const journal = { 'audit.entry': await forgetJournal(tx, now, dry) };
	if (dry) {
		return {
			...journal,
			'platform.export': await count(sql`platform.export where ${expired}`),
			'platform.mail': await count(mails),
			'platform.mail_in': await count(mailsIn),
			'platform.mail_drop': await count(drops),
			'platform.unsent': await count(unsent),
			'platform.erasure': await count(done),
		};
	}
	return {
		...journal,
		'platform.export': await dropExports(tx, expired),
		'platform.mail': await tx.run(sql`delete from ${mails}`),
		'platform.mail_in': await tx.run(sql`delete from ${mailsIn}`),
		'platform.mail_drop': await tx.run(sql`delete from ${drops}`),
		'platform.unsent': await tx.run(sql`delete from ${unsent}`),
		'platform.erasure': await tx.run(sql`delete from ${done}`),
	};
}
