import { asSystem } from '#platform/db.ts';
import { linkOver } from '#platform/errors.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';

const signed = (personId: string, groupId: string) =>
	fingerprint('unsubscribe-list', `${personId}.${groupId}`);

/** The word of an address that stops the mails of one group for one person; it opens nothing else. */
export const stopListToken = (personId: string, groupId: string) =>
	`${personId}.${groupId}.${signed(personId, groupId)}`;

/** Whose mails of which group this word stops. Throws NotFound when nobody wrote it. */
export function listStoppedBy(token: string): { personId: string; groupId: string } {
	const [, personId, groupId, seal] = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.([\w-]+)$/.exec(token) ?? [];
	if (!personId || !groupId || seal !== signed(personId, groupId)) throw linkOver();
	return { personId, groupId };
}

/** Stops the mails of a group by the word of a mail: whoever holds the mail may, signed in or not; again is harmless. Gives the group. */
export const stopList = (_viewer: Viewer, token: string): Promise<string> => {
	const { personId, groupId } = listStoppedBy(token);
	return asSystem('unsubscribe', async (tx) => {
		await tx.run(sql`update feed.list_choice set mails = false, at = now()
			where list_choice.person_id = ${personId}::uuid and list_choice.circle_id = ${groupId}::uuid and list_choice.mails`);
		return groupId;
	});
};
