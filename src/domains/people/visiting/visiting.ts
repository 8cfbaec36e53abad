import * as v from 'valibot';
import type { Tx } from '#platform/db.ts';
import { linkOver } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { newId } from '#platform/ids.ts';
import { type Mail, sendWhenMade } from '#platform/mail/queue.ts';
import { fingerprint, hashOfSecret } from '#platform/seal.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { line } from '#platform/text/typed.ts';
import { throttle } from '#platform/throttle.ts';
import type { Language, Words } from '#platform/wording/index.ts';
import { suppressionOf } from '../code-mail.ts';
import { Email, emailKey } from '../email.ts';

/** Where a domain keeps who comes without account: a table of its own, read by the house alone. */
export interface Visiting {
	/** `events.visitor`: id, the thing, email, email_key, name, language, token_hash, asked_at, confirmed_at, told. */
	table: string;
	/** Column of the thing they come to: `event_id`. */
	thing: string;
	/** What the key of their links is for; it never changes, or links of mails would open nothing. */
	use: string;
	/** The job that makes and sends their mails as they leave. */
	job: string;
}

/** What was last written to somebody about the thing they come to: all that a page may say once it is not public any more. */
export interface Told {
	title: string;
	startsAt?: string;
	timeZone?: string;
	place?: string;
	/** Why it does not take place, once that was written. */
	cancelled?: string;
}

/** A mail about one thing, and what it tells. */
export type Letter = Pick<Mail, 'kind' | 'subject' | 'paragraphs' | 'action'> & { told: Told };

/** What a visitor's mail is made from, as the outbox keeps it. */
export interface WrittenAbout<About extends string = string> {
	visitorId: string;
	about: About;
}

/** Somebody without account, by the link they got. */
export interface Visitor {
	id: string;
	name: string;
	confirmedAt: Date | null;
	told: Told | null;
}

export const VisitForm = v.object({
	email: Email,
	name: v.optional(line(80, 'people.visitor_name_long'), ''),
	/** Left empty by people, who do not see it. */
	website: v.optional(v.string(), ''),
});
export type Visit = v.InferOutput<typeof VisitForm>;

/** The secret of a visitor's link, as a form sends it back. */
export const visitorKeyText = v.pipe(v.string('app.invalid_value'), v.maxLength(100, 'app.invalid_value'));

const rates = {
	/** From one place on the network. */
	source: { burst: 8, perHour: 10 },
	/** To one address: whoever types somebody else's must not fill their mailbox. */
	address: { burst: 3, perHour: 0.5 },
	/** To one thing, from everybody together. */
	thing: { burst: 200, perHour: 300 },
};

const day = 86_400_000;

/**
 * People who come to something public with a mail address and nothing else: confirmed by a button behind a mail's link, read by
 * the house alone, forgotten a month after.
 */
export function visiting({ table, thing, use, job }: Visiting) {
	const at: At = {
		held: sql.raw(table),
		thing: sql.raw(thing),
		/** The long secret of a link: made from the house's key, so that reading the database does not tell it. */
		keyOf: (id) => fingerprint(use, id),
		job,
	};
	return {
		...{ keyOf: at.keyOf, slowDown, outlived },
		...{ ask: asking(at), find: finding(at), confirm: confirming(at), tell: telling(at), write: writing(at) },
	};
}

interface At {
	held: Sql;
	thing: Sql;
	keyOf: (id: string) => string;
	job: string;
}

/** Throws TooMany. A robot that fills the hidden field is slowed by nothing and gets nothing. */
async function slowDown(thingId: string, { email, website }: Visit, ip: string): Promise<void> {
	if (website) return;
	await throttle({
		[`visit:${fingerprint('visit', ip)}`]: rates.source,
		[`visit-to:${fingerprint('visit', emailKey(email))}`]: rates.address,
		[`visit-at:${thingId}`]: rates.thing,
	});
}

/** Whether the row named `held` outlived its time: a month after the thing, a week when the link was not followed. */
function outlived(now: Date, endedBefore: (at: Date) => Sql): Sql {
	const [month, week] = [30, 7].map((days) => new Date(now.getTime() - days * day));
	return sql`(${endedBefore(month!)} or (held.confirmed_at is null and held.asked_at < ${week!}))`;
}

/** Keeps who asks; the same address twice is one. Gives their id. Runs as the house. */
const asking =
	({ held, thing, keyOf }: At) =>
	async (
		tx: Tx,
		thingId: string,
		{ email, name, language }: { email: string; name: string; language: Language },
	): Promise<string> => {
		const id = newId();
		const row = await tx.one<{
			id: string;
		}>(sql`insert into ${held} as visitor (id, ${thing}, email, email_key,
				name, language, token_hash) values (${id}, ${thingId}::uuid, ${email}, ${emailKey(email)}, ${name}, ${language},
				${hashOfSecret(keyOf(id))})
			on conflict (${thing}, email_key) do update set asked_at = now() returning visitor.id`);
		return row!.id;
	};

/** Who holds this link. Throws NotFound for a link that is none, or of another thing. Runs as the house. */
const finding =
	({ held, thing }: At) =>
	async (tx: Tx, thingId: string, key: string): Promise<Visitor> => {
		const row =
			await tx.one<Visitor>(sql`select visitor.id, visitor.name, visitor.confirmed_at as "confirmedAt", visitor.told
			from ${held} as visitor where visitor.${thing} = ${thingId}::uuid and visitor.token_hash = ${hashOfSecret(key)}`);
		if (!row) throw linkOver();
		return row;
	};

/** They followed the link. Runs as the house. */
const confirming =
	({ held }: At) =>
	(tx: Tx, id: string) =>
		tx.run(sql`update ${held} as visitor set confirmed_at = coalesce(visitor.confirmed_at, now())
			where visitor.id = ${id}::uuid`);

/** Puts a mail to them in the outbox, under this kind; what it says is made as it leaves, by the `job`. Runs as the house. */
const telling =
	({ held, job }: At) =>
	async (tx: Tx, kind: string, from: WrittenAbout): Promise<void> => {
		const row = await tx.one<{ email: string }>(sql`
			select visitor.email from ${held} as visitor where visitor.id = ${from.visitorId}::uuid`);
		if (row) await sendWhenMade(tx, { to: row.email, kind, job, from: { ...from } });
	};

/**
 * The mail to them about the one thing they come to, unless they asked never to be written to; what it tells is noted. Null when
 * they did. Runs as the house.
 */
const writing =
	({ held }: At) =>
	async (tx: Tx, id: string, letter: (words: Words) => Letter): Promise<Mail | null> => {
		const row = await tx.one<{ email: string; email_key: string; language: Language }>(sql`
			select visitor.email, visitor.email_key, visitor.language from ${held} as visitor where visitor.id = ${id}::uuid`);
		if (!row) return null;
		const refused = await tx.one(sql`select 1 as yes from people.suppression
			where suppression.email_hash = ${suppressionOf(row.email_key)}`);
		if (refused) return null;
		const words = wordsOf(await house(), row.language);
		const { told, paragraphs, ...mail } = letter(words);
		await tx.run(sql`update ${held} as visitor set told = coalesce(visitor.told, '{}') || ${JSON.stringify(told)}::jsonb
			where visitor.id = ${id}::uuid`);
		return {
			...mail,
			...{ to: row.email, language: row.language },
			paragraphs: [...paragraphs, words.say('people.visitor_not_you')],
		};
	};
