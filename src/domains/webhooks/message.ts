import type { Tx } from '#platform/db.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import { sql } from '#platform/sql.ts';

/** What is sent of a thing: its id and where a program reads it, with a right of its own. Nothing of anybody. */
export interface About {
	id: string;
	url: string;
}

/** The body of a message, as it is signed and sent. */
export const bodyOf = (type: string, at: Date, data: About | Record<string, never>) =>
	JSON.stringify({ type, timestamp: at.toISOString(), data });

/** The time of the database. */
export const timeOf = async (tx: Tx): Promise<Date> =>
	(await tx.one<{ at: Date }>(sql`select now() as at`))!.at;

/** The identifier that a message keeps at each try and each replay. */
export const messageId = (deliveryId: string) => `msg_${deliveryId.replaceAll('-', '')}`;

/** Has a message sent to an address, in the transaction. Gives its id. */
export async function put(tx: Tx, one: { hookId: string; kind: string; body: string }): Promise<string> {
	const id = newId();
	await tx.run(sql`insert into webhooks.delivery (id, hook_id, kind, body)
		values (${id}, ${one.hookId}::uuid, ${one.kind}, ${one.body})`);
	await enqueue(tx, 'webhooks.send', { id });
	return id;
}
