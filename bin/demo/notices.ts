import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';

const choices: [CastName, string, string, string][] = [
	['odile', 'thanks', 'mail', 'daily'],
	['odile', 'unit', 'mail', 'daily'],
	['mathis', 'thanks', 'app', 'none'],
];

/** What some people chose to be told, and when: the secretary is left in peace at dinner. */
export async function chooseNotices(): Promise<void> {
	await asSystem('demo', async (tx) => {
		for (const [who, category, channel, rhythm] of choices)
			await tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm)
				values (${idOf(who)}, ${category}, ${channel}, ${rhythm}) on conflict do nothing`);
		await tx.run(sql`insert into notices.choice (person_id, category, channel, rhythm, scope_kind, scope_id)
			values (${idOf('odile')}, 'answers', 'mail', 'weekly', 'unit', ${idOf('national')}) on conflict do nothing`);
		await tx.run(sql`insert into notices.quiet (person_id, from_time, until_time)
			values (${idOf('samuel')}, '19:00', '21:00') on conflict do nothing`);
	});
}
