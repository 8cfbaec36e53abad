import { asSystem, read } from '#platform/db.ts';
import { drainJobs } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, cast, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { type Creation, create } from './create.ts';
import { circles } from './policy.ts';

/** A whole creation, of which a test says what matters. */
export const about = (given: Partial<Creation> = {}): Creation => ({
	name: 'Jardins partagés',
	aim: 'Faire pousser des légumes ensemble, au pied des immeubles.',
	rules: '',
	visibility: 'open',
	subjects: [],
	unit: '',
	seen: 'on',
	...given,
});

/** A group opened by one of the cast. */
export async function opened(owner: CastName, given: Partial<Creation> = {}): Promise<string> {
	await asSystem('test', (tx) => tx.run(sql`delete from platform.bucket`));
	return create(await as(owner), about(given));
}

export const everybody = [...(Object.keys(cast) as CastName[]), 'visitor'] as const;

/** Who of the cast has this ability on a group. */
export async function whoMay(ability: Exclude<keyof typeof circles, 'may' | 'guard' | 'refuse'>, id: string) {
	const found: string[] = [];
	for (const name of everybody) {
		const viewer = await as(name);
		const row = await read(viewer, (tx) =>
			tx.one(
				sql`select 1 as yes from groups.circle where circle.id = ${id}::uuid and ${circles[ability](viewer)}`,
			),
		);
		if (row) found.push(name);
	}
	return found;
}

/** What the house knows of a group. */
export const kept = async (id: string) =>
	(await asSystem('test', (tx) =>
		tx.one<{ owner: CastName | null; count: number; seats: number; isArchived: boolean }>(sql`
			select circle.owner_id as owner, circle.member_count as count, circle.archived_at is not null as "isArchived",
				(select count(*)::int from groups.seat where seat.circle_id = circle.id) as seats
			from groups.circle where circle.id = ${id}::uuid`),
	))!;

/** How somebody stands with a group, as the house knows it. */
export const stateOf = async (id: string, name: CastName) =>
	(
		await asSystem('test', (tx) =>
			tx.one<{ state: string }>(
				sql`select state from groups.membership where circle_id = ${id}::uuid and person_id = ${idOf(name)}::uuid`,
			),
		)
	)?.state ?? null;

/** Kinds of the notices of groups that somebody has, once the jobs are done. */
export const told = async (name: CastName) => {
	await drainJobs();
	return asSystem('test', (tx) =>
		tx.many<{ type: string }>(
			sql`select type from notices.notice where person_id = ${idOf(name)}::uuid and type like 'group%'`,
		),
	).then((rows) => rows.map(({ type }) => type).toSorted());
};
