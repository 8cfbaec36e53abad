import { asSystem } from '#platform/db.ts';
import { sql } from '#platform/sql.ts';
import { type CastName, idOf } from '#tests/party.ts';
import { as } from '#tests/stage.ts';
import { send, start, thread } from './index.ts';

/** A question as the house, for what a test looks at. */
export const house = <T>(query: ReturnType<typeof sql>) => asSystem('test', (tx) => tx.many<T>(query));

/** No conversation, no block, no notice, no work that waits. */
export const clear = () =>
	asSystem('test', async (tx) => {
		for (const table of [
			'messages.exhibit',
			'messages.letter',
			'messages.conversation',
			'safety.block',
			'safety.report',
			'safety.hidden',
			'platform.bucket',
			'notices.notice',
			'friends.link',
			'friends.shown',
			'jobs.job',
		])
			await tx.run(sql`delete from ${sql.raw(table)}`);
	});

/** Somebody writes to somebody for the first time, or to several. */
export const writes = async (
	from: CastName,
	to: CastName | CastName[],
	text = 'Bonjour',
	files: File[] = [],
) => start(await as(from), { to: [to].flat().map(idOf), text, files });
/** Somebody answers. */
export const says = async (who: CastName, conversation: string, text: string, files: File[] = []) =>
	send(await as(who), conversation, { text, files });
/** The words that somebody reads in a conversation. */
export const reads = async (who: CastName, conversation: string) =>
	(await thread(await as(who), conversation)).messages.map(({ text, kind }) => text ?? kind);
/** The two chose one another. */
export const befriend = (one: CastName, other: CastName) =>
	house(
		sql`insert into friends.link (person_id, friend_id) values (${idOf(one)}, ${idOf(other)}), (${idOf(other)}, ${idOf(one)})`,
	);
