import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { conflict, notFound } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import type { MembershipType } from './membership.ts';

/** How the floor above says who may change the kinds of membership; throws when the viewer may not. */
export type Right = (tx: Tx, viewer: Viewer) => Promise<void>;

/** A kind of membership as the office that keeps it sees it. */
export interface KeptType extends MembershipType {
	retired: boolean;
	/** People who have it now. */
	people: number;
}

/** What an office writes of a kind of membership. What it grants is said once: changing it would change everybody's rights. */
export interface TypeText {
	name: MembershipType['name'];
	description: MembershipType['description'];
}

/** Kinds of membership wait for one another: order and the last one offered are asked of all of them. */
const hold = (tx: Tx) => tx.run(sql`select pg_advisory_xact_lock(hashtext('people.membership_type'))`);

/** Every kind of membership, in order, retired ones last, with how many have it. */
export async function allTypes(viewer: Viewer, right: Right): Promise<KeptType[]> {
	await read(viewer, (tx) => right(tx, viewer));
	return asSystem('membership-types', (tx) =>
		tx.many(sql`select membership_type.id, key, name, description, grants, offered, retired_at is not null as retired,
				(select count(*)::int from people.membership where membership.type_id = membership_type.id and membership.ended_at is null) as people
			from people.membership_type order by retired_at is not null, position, membership_type.id`),
	);
}

/** Adds a kind of membership after the others, not offered yet; gives its id. `key` names it in files and addresses. */
export const createType = (
	viewer: Viewer,
	one: TypeText & { key: string; grants: 'member' | 'sympathiser' },
	right: Right,
): Promise<string> =>
	write(viewer, async (tx) => {
		await right(tx, viewer);
		await hold(tx);
		const id = newId();
		await tx.run(sql`insert into people.membership_type (id, key, name, named_by_hand, description, grants, offered, position)
			select ${id}, ${await freeKey(tx, one.key)}, ${JSON.stringify(one.name)}::jsonb, true, ${JSON.stringify(one.description)}::jsonb, ${one.grants}, false,
				coalesce(max(position), 0) + 1 from people.membership_type`);
		return id;
	});

async function freeKey(tx: Tx, wanted: string): Promise<string> {
	const taken = new Set(
		(await tx.many<{ key: string }>(sql`select key from people.membership_type`)).map(({ key }) => key),
	);
	let key = wanted;
	for (let n = 2; taken.has(key); n++) key = `${wanted}_${n}`;
	return key;
}

/**
 * A word of the house changed: the kind of membership that was called by it, or as it was founded, is called by the new one.
 * A name that an officer wrote stays.
 */
export const followWord = (
	tx: Tx,
	key: string,
	{ said, now }: { said: readonly MembershipType['name'][]; now: MembershipType['name'] },
): Promise<number> =>
	tx.run(sql`update people.membership_type set name = ${JSON.stringify(now)}::jsonb
		where membership_type.key = ${key} and not membership_type.named_by_hand
			and membership_type.name in (select value from jsonb_array_elements(${JSON.stringify(said)}::jsonb))`);

/** The forms that were typed are those it has: what a form does not ask of a name stays too. */
const saysTheSame = (typed: MembershipType['name'], now: MembershipType['name']): boolean =>
	(['fr', 'en'] as const).every((language) =>
		Object.entries(typed[language]).every(
			([form, word]) => word === ((now[language] as unknown as Record<string, unknown>)[form] ?? ''),
		),
	);

/** Renames a kind of membership and says it otherwise; its name is an officer's once they change it. Throws NotFound. */
export const editType = (
	viewer: Viewer,
	id: string,
	{ name, description }: TypeText,
	right: Right,
): Promise<void> =>
	write(viewer, async (tx) => {
		await right(tx, viewer);
		const now = await tx.one<Pick<MembershipType, 'name'>>(
			sql`select name from people.membership_type where id = ${id}::uuid for update`,
		);
		if (!now) throw notFound();
		await tx.run(
			sql`update people.membership_type set description = ${JSON.stringify(description)}::jsonb where id = ${id}::uuid`,
		);
		if (saysTheSame(name, now.name)) return;
		await tx.run(sql`update people.membership_type set name = ${JSON.stringify(name)}::jsonb, named_by_hand = true
			where id = ${id}::uuid`);
	});

/** Where a kind of membership stands. */
export type TypeState = 'offered' | 'kept' | 'retired';

/**
 * Offers a kind of membership to newcomers, keeps it for officers and files only, or retires it: who has it keeps it.
 * Throws NotFound, and Conflict when nothing would be offered any more.
 */
export const setTypeState = (viewer: Viewer, id: string, state: TypeState, right: Right): Promise<void> =>
	write(viewer, async (tx) => {
		await right(tx, viewer);
		await hold(tx);
		const done = await tx.run(sql`update people.membership_type set offered = ${state === 'offered'},
			retired_at = ${state === 'retired' ? new Date() : null}::timestamptz where id = ${id}::uuid`);
		if (!done) throw notFound();
		const left = await tx.one(sql`select 1 as found from people.membership_type where offered limit 1`);
		if (!left) throw conflict('people.type_last_offered');
	});

/** Moves a kind of membership one place; at an end of the list nothing happens. Throws NotFound. */
export const moveType = (viewer: Viewer, id: string, direction: 'up' | 'down', right: Right): Promise<void> =>
	write(viewer, async (tx) => {
		await right(tx, viewer);
		await hold(tx);
		const order = (
			await tx.many<{ id: string }>(
				sql`select id from people.membership_type order by retired_at is not null, position, id`,
			)
		).map((type) => type.id);
		const from = order.indexOf(id);
		if (from < 0) throw notFound();
		const to = Math.min(Math.max(from + (direction === 'up' ? -1 : 1), 0), order.length - 1);
		[order[from], order[to]] = [order[to]!, order[from]!];
		await tx.run(sql`update people.membership_type set position = array_position(${order}::uuid[], id)`);
	});
