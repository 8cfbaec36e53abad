import { asSystem, type Tx } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { enqueueMany } from '#platform/jobs.ts';
import { type Sql, sql } from '#platform/sql.ts';

/** One grouped mail to be made, as jobs name it. `day`: where the organisation is. */
export interface Round {
	personId: string;
	day: string;
	kind: 'daily' | 'weekly';
}

const atOnce = 1000;
/** Grouped mails leave from eight o'clock on; a server that was down makes up for it until the evening. */
const hours = { from: 8, until: 20 };
/** The mail of the week is of Friday; a server that was down makes up for it until Sunday. */
const friday = 5;

/** People who are written to: with an account, or of the file where the organisation wants that. */
const written = (beforeAccount: boolean): Sql => sql`person.erased_at is null and person.left_at is null
	and exists (select from people.contact where contact.person_id = person.id and contact.email is not null)
	and (person.confirmed_at is not null or (${beforeAccount} and exists (select from people.membership
		where membership.person_id = person.id and membership.ended_at is null and membership.member_number is not null)))`;

/**
 * Looks who is due for the mail of the day or of the week, and has each made. Called every hour; `at` is now, but for tests.
 * A person has one grouped mail a day at most, and on the day of the weekly one it carries the daily one.
 */
export async function startRounds(at: Sql = sql`now()`): Promise<void> {
	const { timeZone, digestBeforeAccount } = await house();
	const now = await asSystem('notices', (tx) =>
		tx.one<{ day: string; hour: number; weekday: number; friday: string }>(sql`
			select to_char(local.now, 'YYYY-MM-DD') as day, extract(hour from local.now)::int as hour, extract(isodow from local.now)::int as weekday,
				to_char(date_trunc('week', local.now) + interval '4 days', 'YYYY-MM-DD') as friday
			from (select ${at}::timestamptz at time zone ${timeZone} as now) as local`),
	);
	if (!now || now.hour < hours.from || now.hour >= hours.until) return;
	if (now.weekday >= friday)
		await start(
			'weekly',
			now.day,
			sql`${written(digestBeforeAccount)}
			and not exists (select from notices.round where round.person_id = person.id and round.day >= ${now.friday}::date
				and (round.kind = 'weekly' or round.day = ${now.day}::date))`,
		);
	await start(
		'daily',
		now.day,
		sql`${written(false)} and exists (select from notices.notice where notice.person_id = person.id
			and notice.waits = 'daily' and notice.mailed_at is null and notice.read_at is null)
		and not exists (select from notices.round where round.person_id = person.id and round.day = ${now.day}::date)`,
	);
}

/** Writes down who has a mail made today, and queues it, a thousand people at a time: twice is once. */
async function start(kind: Round['kind'], day: string, due: Sql): Promise<void> {
	const some = (tx: Tx) =>
		tx.many<{ personId: string }>(sql`insert into notices.round (person_id, day, kind)
			select person.id, ${day}::date, ${kind} from people.person where ${due} order by person.id limit ${atOnce}
			on conflict do nothing returning person_id as "personId"`);
	for (let n = atOnce; n === atOnce; )
		n = await asSystem('notices', async (tx) => {
			const people = await some(tx);
			await enqueueMany(
				tx,
				'notices.gather',
				people.map((one) => ({ ...one, day, kind })),
			);
			return people.length;
		});
}
