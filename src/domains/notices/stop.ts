import { asSystem } from '#platform/db.ts';
import { linkOver } from '#platform/errors.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { putChoice } from './choices.ts';
import { type Category, categories } from './kinds.ts';

const signed = (personId: string, category: Category) =>
	fingerprint('unsubscribe', `${personId}.${category}`);

/** The word of an address that stops the mails of one category for one person; it opens nothing else. */
export const stopToken = (personId: string, category: Category) =>
	`${personId}.${category}.${signed(personId, category)}`;

/** Whose mails of which category this word stops. Throws NotFound when nobody wrote it. */
export function stoppedBy(token: string): { personId: string; category: Category } {
	const [, personId, category, seal] = /^([0-9a-f-]{36})\.([a-z]+)\.([\w-]+)$/.exec(token) ?? [];
	const known = categories.find((one) => one === category);
	if (!personId || !known || seal !== signed(personId, known)) throw linkOver();
	return { personId, category: known };
}

/**
 * Stops the mails of a category by the word of a mail, also where they were set apart for a unit or a group: whoever holds
 * the mail may, signed in or not; again is harmless.
 */
export const stopMails = (_viewer: Viewer, token: string): Promise<Category> => {
	const { personId, category } = stoppedBy(token);
	return asSystem('unsubscribe', async (tx) => {
		const known = await tx.one(
			sql`select 1 as known from people.person where person.id = ${personId}::uuid and person.erased_at is null`,
		);
		if (!known) return category;
		await tx.run(sql`delete from notices.choice where choice.person_id = ${personId}::uuid
			and choice.category = ${category} and choice.channel = 'mail'`);
		await putChoice(tx, personId, { category, channel: 'mail', rhythm: 'none' });
		return category;
	});
};
