import * as v from 'valibot';
import { circles } from '#domains/groups/index.ts';
import { read, type Tx, write } from '#platform/db.ts';
import { forbidden } from '#platform/errors.ts';
import { takesMail } from '#platform/mail/in/address.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { addressToWrite, newKey } from './address.ts';

/** A box that is not ticked is not sent. */
export const ByMailForm = v.object({ mails: v.optional(v.string()) });

/** Whether one receives by mail what is said in a group, and from where one writes to it. */
export interface ByMail {
	mails: boolean;
	/** One's own address of the group; null until one receives its mails, or when mails do not come in. */
	address: string | null;
	/** Whether mails come in at all. */
	takesMail: boolean;
}

/** The viewer's own choice in a group; null when they are not of it. */
export async function byMail(viewer: Viewer, groupId: string): Promise<ByMail | null> {
	const row = await read(viewer, (tx) =>
		tx.one<{ mails: boolean | null; key: string | null }>(sql`select choice.mails, choice.key
			from groups.circle left join feed.list_choice as choice on choice.circle_id = circle.id and choice.person_id = ${viewer.id}::uuid
			where circle.id = ${groupId}::uuid and ${circles.receive(viewer)}`),
	);
	return row
		? {
				mails: row.mails === true,
				address: row.key ? await addressToWrite(row.key) : null,
				takesMail: takesMail(),
			}
		: null;
}

/** Receives by mail what is said in a group, or no longer. Throws NotFound, Forbidden. */
export const chooseMails = (viewer: Viewer, groupId: string, mails: boolean): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'receive', groupId);
		await putChoice(tx, { personId: viewer.id!, circleId: groupId, mails });
	});

/** Writes a choice; its addresses stay as they are. */
export const putChoice = (
	tx: Tx,
	{ personId, circleId, mails }: { personId: string; circleId: string; mails: boolean },
) =>
	tx.run(sql`insert into feed.list_choice (person_id, circle_id, mails, key) values (${personId}, ${circleId}, ${mails}, ${newKey()})
		on conflict (person_id, circle_id) do update set mails = excluded.mails, at = now()`);

/** Gives the viewer other addresses in a group: nobody writes to those before any more. Throws NotFound; Forbidden to who never had any. */
export const changeAddress = (viewer: Viewer, groupId: string): Promise<void> =>
	write(viewer, async (tx) => {
		await circles.guard(tx, viewer, 'receive', groupId);
		const changed = await tx.run(sql`update feed.list_choice set key = ${newKey()}
			where list_choice.person_id = ${viewer.id}::uuid and list_choice.circle_id = ${groupId}::uuid`);
		if (!changed) throw forbidden();
	});
