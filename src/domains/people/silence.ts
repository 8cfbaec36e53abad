import { asSystem, type Tx } from '#platform/db.ts';
import { house, wordsOf } from '#platform/house.ts';
import type { JobDefinition } from '#platform/jobs.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { type Sql, sql } from '#platform/sql.ts';
import { contactOf } from './person.ts';

/** Months without coming after which a sympathiser is forgotten, and before that told; an organisation may set others. */
export const silence = { silentMonths: 24, warnMonths: 23 };
/** Days between the mail and the end: a house that was stopped for long warns first all the same. */
const noticeDays = 28;
const batch = 500;

/** The row named `person` joined a fortnight ago or more, and was not seen after the day that followed. */
export const cameOnce: Sql = sql`(person.confirmed_at < now() - interval '14 days'
	and person.seen_on <= (person.confirmed_at at time zone 'UTC')::date + 1)`;

const months = (now: Date, n: number) => sql`(${now}::timestamptz - make_interval(months => ${n}::int))`;

/** The row named `person` is in the network as a sympathiser, and answers for nothing. */
const isSympathiser = sql`(person.erased_at is null and person.left_at is null and person.confirmed_at is not null
	and exists (select from people.membership join people.membership_type on membership_type.id = membership.type_id
		where membership.person_id = person.id and membership.ended_at is null and membership_type.grants = 'sympathiser'))`;

/** The row named `person` was told in time, and did not come since. */
export const wentSilent = (now: Date, silentMonths: number): Sql =>
	sql`(${isSympathiser} and person.seen_on < ${months(now, silentMonths)} and person.warned_on > person.seen_on
		and person.warned_on <= ${now}::timestamptz - make_interval(days => ${noticeDays}::int))`;

/** Tells sympathisers who have not come for long that their account is about to go, once. Gives how many. */
export const warnSilent = (now = new Date()): Promise<number> =>
	asSystem('retention', async (tx) => {
		const chosen = await tx.one<{ value: Partial<typeof silence> }>(
			sql`select value from platform.setting where key = 'retention'`,
		);
		const { warnMonths } = { ...silence, ...chosen?.value };
		const due = await tx.many<{ id: string }>(sql`
			update people.person set warned_on = ${now}::timestamptz::date where person.id in (select person.id from people.person
				where ${isSympathiser} and person.seen_on < ${months(now, warnMonths)}
					and (person.warned_on is null or person.warned_on <= person.seen_on)
				order by person.id limit ${batch}) returning id`);
		for (const { id } of due) await warn(tx, id);
		return due.length;
	});

async function warn(tx: Tx, personId: string): Promise<void> {
	const contact = await contactOf(tx, personId);
	if (!contact) return;
	const { say } = wordsOf(await house(), contact.language);
	await sendMail(tx, {
		to: contact.email,
		personId,
		kind: 'people.silence',
		language: contact.language,
		subject: say('people.mail_silence_subject'),
		paragraphs: [say('people.mail_silence'), say('people.mail_silence_else')],
		action: { label: say('people.mail_silence_link'), url: '/connexion' },
	});
}

export const silenceJobs: JobDefinition<never>[] = [
	{
		name: 'people.warn_silent',
		policy: 'house',
		every: '23 4 * * *',
		work: async () => void (await warnSilent()),
	} as JobDefinition<never>,
];
