import { asSystem, type Tx } from '#platform/db.ts';
import type { Listener } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { tellSecurity } from './security-mail.ts';
import { silence, wentSilent } from './silence.ts';

/** How long an account is kept that nobody confirmed, whose person left or is silent; an organisation may set others (`retention`). */
const usual = { pendingDays: 7, leftDays: 183, ...silence };

/** People whose whole record outlived its time: sign-ups never confirmed, members gone without asking to stay in contact, silent sympathisers who were told. */
export async function outlived(tx: Tx, now: Date): Promise<string[]> {
	const chosen = await tx.one<{ value: Partial<typeof usual> }>(
		sql`select value from platform.setting where key = 'retention'`,
	);
	const { pendingDays, leftDays, silentMonths } = { ...usual, ...chosen?.value };
	const rows = await tx.many<{ id: string }>(sql`
		select person.id from people.person where person.erased_at is null and (
			(person.confirmed_at is null and person.created_at < ${now}::timestamptz - make_interval(days => ${pendingDays}::int)
				and not exists (select from people.membership where membership.person_id = person.id and membership.verified_at is not null))
			or person.left_at < ${now}::timestamptz - make_interval(days => ${leftDays}::int)
			or ${wentSilent(now, silentMonths)})
		order by person.id limit 1000`);
	return rows.map(({ id }) => id);
}

/** Keeps the promise made to somebody who left: their address is never written to again. */
const onErased = ({ suppression }: { suppression: string | null }) =>
	asSystem('erasure', async (tx) => {
		if (suppression)
			await tx.run(
				sql`insert into people.suppression (email_hash) values (${suppression}) on conflict do nothing`,
			);
	});

/** Told as a key of the account is: whoever holds the session, its owner reads it. */
const onErasureAsked = ({ personId }: { personId: string }) =>
	asSystem('erasure', (tx) => tellSecurity(tx, personId, 'erasure'));

export const listeners: Listener<never>[] = [
	{ to: 'privacy.erased', name: 'people.on_erased', hear: onErased },
	{ to: 'privacy.erasure_asked', name: 'people.on_erasure_asked', hear: onErasureAsked },
] as Listener<never>[];
