import { asSystem } from '#platform/db.ts';
import { announce, type JobDefinition } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';
import { drawCover } from './cover.ts';
import { subjectJobs } from './subjects/listen.ts';
import { succeed } from './succeed.ts';

/** Months of silence after which a group is put away, and days before it when its owner is told. */
export const silentMonths = 6;
export const warningDays = 14;

/** Looks after groups, every day: gives those without owner to somebody, tells the silent ones, and puts away those told before. */
export async function tend(): Promise<void> {
	await asSystem('groups', async (tx) => {
		const orphans = await tx.many<{
			id: string;
		}>(sql`select circle.id from groups.circle left join people.person on person.id = circle.owner_id
			where circle.archived_at is null and (person.id is null or person.left_at is not null or person.erased_at is not null)`);
		for (const { id } of orphans) await succeed(tx, id);
		const silent = sql`circle.archived_at is null and circle.active_at < now() - make_interval(months => ${silentMonths}::int)`;
		const asleep = await tx.many<{ id: string }>(sql`update groups.circle set archived_at = now()
			where ${silent} and circle.warned_at < now() - make_interval(days => ${warningDays}::int) returning circle.id`);
		for (const { id } of asleep) await announce(tx, 'groups.asleep', { groupId: id });
		const warned = await tx.many<{ id: string }>(sql`update groups.circle set warned_at = now()
			where circle.archived_at is null and circle.warned_at is null
				and circle.active_at < now() - make_interval(months => ${silentMonths}::int, days => ${-warningDays}::int) returning circle.id`);
		for (const { id } of warned) await announce(tx, 'groups.fading', { groupId: id });
	});
}

export const jobs = [
	{ name: 'groups.picture', policy: 'house', work: drawCover },
	{ name: 'groups.tend', policy: 'house', work: tend, every: '40 5 * * *' },
	{
		name: 'groups.succeed',
		policy: 'house',
		work: ({ groupId }: { groupId: string }) => asSystem('groups', (tx) => succeed(tx, groupId)),
	},
	...subjectJobs,
] as JobDefinition<never>[];
