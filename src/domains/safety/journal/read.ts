import { holdsPower } from '#domains/territory/index.ts';
import { record } from '#platform/audit.ts';
import { type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { isId } from '#platform/ids.ts';
import { every, isPresent, policy } from '#platform/policy.ts';
import { sql } from '#platform/sql.ts';
import { fold } from '#platform/text/fold.ts';
import type { Viewer } from '#platform/viewer.ts';

// What concerns no unit is read at the top.
const place = sql`coalesce(entry.unit_id, (select top.id from territory.unit as top
	where top.parent_id is null and top.closed_at is null order by top.created_at limit 1))`;

/** Who may read the journal: an office with `audit.read`, for its unit and those below. */
export const entries = policy('audit.entry', { see: every(isPresent, holdsPower('audit.read', place)) });

/** One act, as the journal shows it. */
export interface Entry {
	seq: string;
	at: Date;
	act: string;
	actor: { id: string; name: string } | null;
	subject: string | null;
	subjectId: string | null;
	/** When it was done to a person who still has a name. */
	subjectName: string | null;
	unit: string | null;
	reason: string | null;
}

/** What one looks for in the journal. Empty texts look for everything. */
export interface Search {
	act?: string | null;
	/** Part of the name of who acted or of who it was done to. */
	person?: string | null;
	unit?: string | null;
	/** Entries before this one. */
	before?: string | null;
}

const SIZE = 50;

/** A page of the journal, latest first; reading it is itself an act of the journal. Throws NotFound for who may read none. */
export const journal = (
	viewer: Viewer,
	search: Search,
): Promise<{ entries: Entry[]; acts: string[]; next: string | null }> =>
	write({ ...viewer, requestKey: undefined } as Viewer, async (tx) => {
		await mayRead(tx, viewer);
		const acts = await tx.many<{ act: string }>(
			sql`select distinct entry.act from audit.entry where ${entries.see(viewer)} order by entry.act`,
		);
		const rows = await found(tx, viewer, search);
		const page = rows.slice(0, SIZE);
		const { act, person } = search;
		await record(tx, {
			actorId: viewer.id,
			act: 'audit.read',
			subject: 'journal',
			// Not the name that was looked for: the journal cannot be corrected, and outlives who bore it.
			detail: { entries: page.length, ...(act && { act }), ...(person && { byName: true }) },
		});
		return {
			entries: page,
			acts: acts.map((one) => one.act),
			next: rows.length > SIZE ? page.at(-1)!.seq : null,
		};
	});

async function mayRead(tx: Tx, viewer: Viewer): Promise<void> {
	const may =
		viewer.secondFactor &&
		(await tx.one(sql`select 1 as may from territory.held_power
		where held_power.person_id = ${viewer.id}::uuid and held_power.power = 'audit.read'`));
	if (!may) throw notFound();
}

function found(tx: Tx, viewer: Viewer, { act, person, unit, before }: Search): Promise<Entry[]> {
	const seq = /^\d{1,15}$/.test(before ?? '') ? before : null;
	const name = fold(person ?? '')
		.slice(0, 60)
		.replace(/[\\%_]/g, '\\$&');
	const named = sql`(select person.id from people.person where person.folded_name like ${`%${name}%`})`;
	return tx.many<Entry>(sql`
		select entry.seq::text, entry.at, entry.act, entry.subject, entry.subject_id as "subjectId", entry.reason,
			(select jsonb_build_object('id', actor.id, 'name', actor.name) from people.person as actor where actor.id = entry.actor_id) as actor,
			(select done.name from people.person as done where entry.subject = 'person' and done.id = entry.subject_id) as "subjectName",
			(select unit.name from territory.unit where unit.id = entry.unit_id) as unit
		from audit.entry where ${entries.see(viewer)}
			and (${seq}::bigint is null or entry.seq < ${seq}::bigint)
			and (${act || null}::text is null or entry.act = ${act || null})
			and (${name} = '' or entry.actor_id in ${named} or entry.subject_id in ${named})
			and (${isId(unit) ? unit : null}::uuid is null or entry.unit_id = ${isId(unit) ? unit : null}::uuid)
		order by entry.seq desc limit ${SIZE + 1}`);
}
