import { asSystem, read, type Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { type Sql, sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { categoryOf, type News, notify } from './notify.ts';

/** Who is told: everybody of a unit and of those below it, or the people that a query gives as its one column, `person_id`. */
export type Audience = { unitId: string } | { people: Sql };

/** How far a telling went. */
export interface Progress {
	total: number;
	told: number;
	done: boolean;
}

/** Before every id. */
const first = '00000000-0000-0000-0000-000000000000';
/** People told in one transaction: short enough that nobody waits for it. */
export const batchSize = 500;

const peopleOf = (audience: Audience): Sql =>
	'people' in audience
		? audience.people
		: sql`select attachment.person_id from territory.attachment join territory.unit on unit.id = attachment.unit_id
			where attachment.until is null and ${audience.unitId}::uuid = any (unit.ancestors)`;

/**
 * Tells many people, as `notify` does, in the house's transaction: who they are is written down now, they are told by a job in
 * batches. Gives the id under which its progress is read. Throws on a kind that nobody declared.
 */
export async function notifyMany(tx: Tx, news: Omit<News, 'to'>, audience: Audience): Promise<string> {
	categoryOf(news.type);
	const id = newId();
	await tx.run(
		sql`insert into notices.fan (id, by_id, news) values (${id}, ${news.byId ?? null}::uuid, ${JSON.stringify(news)}::jsonb)`,
	);
	const total = await tx.run(sql`insert into notices.fan_person (fan_id, person_id)
		select ${id}::uuid, audience.person_id from (${peopleOf(audience)}) as audience (person_id)
		where audience.person_id is not null and audience.person_id is distinct from ${news.byId ?? null}::uuid on conflict do nothing`);
	await tx.run(sql`update notices.fan set total = ${total} where id = ${id}::uuid`);
	await enqueue(tx, 'notices.fan', { fanId: id });
	return id;
}

/** Tells whoever is left, batch by batch: killed, it goes on where it was, and nobody is told twice. */
export async function tellMany({ fanId }: { fanId: string }): Promise<void> {
	for (let after: string | null | undefined = null; after !== undefined; ) {
		const before: string | null = after;
		after = await asSystem('notices', (tx) => tellSome(tx, fanId, before));
	}
}

/** Tells those who come next after this one; gives the last, if there may be more. */
async function tellSome(tx: Tx, fanId: string, after: string | null): Promise<string | undefined> {
	const fan = await tx.one<{ news: Omit<News, 'to'> }>(
		sql`select fan.news from notices.fan where fan.id = ${fanId}::uuid and fan.done_at is null for update`,
	);
	if (!fan) return undefined;
	const people = (await nextOf(tx, fanId, after)).toSorted();
	await notify(tx, { ...fan.news, to: people });
	await tx.run(sql`update notices.fan set told = told + ${people.length},
		done_at = case when ${people.length < batchSize} then now() end where id = ${fanId}::uuid`);
	return people.length < batchSize ? undefined : people.at(-1);
}

// By their ids, found first: joined with itself, the table was read whole for each batch once its figures were old. And from where
// the last batch ended: what was taken away is passed over no more.
const nextOf = async (tx: Tx, fanId: string, after: string | null): Promise<string[]> =>
	(
		await tx.many<{ id: string }>(sql`
			delete from notices.fan_person where fan_person.fan_id = ${fanId}::uuid and fan_person.person_id = any (array(
				select next.person_id from notices.fan_person as next where next.fan_id = ${fanId}::uuid
					and next.person_id > ${after ?? first}::uuid order by next.person_id limit ${batchSize}))
			returning fan_person.person_id as id`)
	).map(({ id }) => id);

/** How far what the viewer told went; nothing for what somebody else did. */
export const progressOf = (viewer: Viewer, fanId: string): Promise<Progress | undefined> =>
	read(viewer, (tx) =>
		tx.one<Progress>(sql`select fan.total, fan.told, fan.done_at is not null as done from notices.fan
			where fan.id = ${fanId}::uuid and fan.by_id = ${viewer.id}::uuid`),
	);
