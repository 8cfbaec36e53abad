import * as v from 'valibot';
import { read, type Tx, write } from '#platform/db.ts';
import { house } from '#platform/house.ts';
import { list, type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const Time = v.pipe(
	v.string('app.invalid_value'),
	v.regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/, 'notices.quiet_time'),
);
const both = (from: string, until: string) => Boolean(from) === Boolean(until);
const differ = (from: string, until: string) => !from || from !== until;
export const QuietForm = v.pipe(
	v.object({ quiet_from: Time, quiet_until: Time }),
	v.forward(
		v.check((hours) => both(hours.quiet_from, hours.quiet_until), 'notices.quiet_both'),
		['quiet_until'],
	),
	v.forward(
		v.check((hours) => differ(hours.quiet_from, hours.quiet_until), 'notices.quiet_same'),
		['quiet_until'],
	),
	v.transform((hours): Quiet => ({ from: hours.quiet_from, until: hours.quiet_until })),
);
/** Hours as `22:00`, in the time zone of the organisation; empty when nothing waits. */
export interface Quiet {
	from: string;
	until: string;
}

/** What a first telephone is given: nights, until its person says otherwise. */
export const nights: Quiet = { from: '22:00', until: '08:00' };

/** The hours in which nothing is sent to the viewer. */
export const quietOf = (viewer: Viewer): Promise<Quiet> =>
	read(viewer, async (tx) => {
		const row =
			await tx.one<Quiet>(sql`select to_char(quiet.from_time, 'HH24:MI') as from, to_char(quiet.until_time, 'HH24:MI') as until
			from notices.quiet where quiet.person_id = ${viewer.id}::uuid`);
		return row ?? { from: '', until: '' };
	});

/** Keeps these hours, or none. */
export async function putQuiet(tx: Tx, personId: string, { from, until }: Quiet): Promise<void> {
	if (from)
		await tx.run(sql`insert into notices.quiet (person_id, from_time, until_time) values (${personId}::uuid, ${from}::time, ${until}::time)
			on conflict (person_id) do update set from_time = excluded.from_time, until_time = excluded.until_time, at = now()`);
	else await tx.run(sql`delete from notices.quiet where quiet.person_id = ${personId}::uuid`);
}

export const keepQuiet = (viewer: Viewer, hours: Quiet): Promise<void> =>
	write(viewer, (tx) => putQuiet(tx, viewer.id!, hours));

/** When the quiet hours of a person end; nothing when it is not quiet at that instant. */
export const quietUntil = async (tx: Tx, personId: string, at: Sql = sql`now()`): Promise<Date | null> =>
	(await quietAmong(tx, [personId], at)).get(personId) ?? null;

/** Those of these people for whom it is quiet at that instant, and when that ends. */
export async function quietAmong(
	tx: Tx,
	personIds: readonly string[],
	at: Sql = sql`now()`,
): Promise<Map<string, Date>> {
	const { timeZone } = await house();
	const rows = await tx.many<{ id: string; until: Date }>(sql`
		select quiet.person_id as id, ((local.now::date + quiet.until_time
				+ case when local.now::time < quiet.until_time then interval '0' else interval '1 day' end)
			at time zone ${timeZone}) as until
		from notices.quiet, lateral (select (${at}::timestamptz at time zone ${timeZone}) as now) as local
		where quiet.person_id = any (${list(personIds, 'uuid')}) and case when quiet.from_time < quiet.until_time
			then local.now::time >= quiet.from_time and local.now::time < quiet.until_time
			else local.now::time >= quiet.from_time or local.now::time < quiet.until_time end`);
	return new Map(rows.map(({ id, until }) => [id, until]));
}
