import * as v from 'valibot';
import { asSystem, read, type Tx, write } from '#platform/db.ts';
import { notFound } from '#platform/errors.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { type Category, categories } from './kinds.ts';

/** What is mailed to a person of each rhythm, unless they chose otherwise: decisions about them always are. */
const mailedBy: Record<string, readonly Category[]> = {
	weekly: ['office', 'safety'],
	concerned: ['answers', 'friends', 'unit', 'office', 'safety'],
	asap: ['answers', 'friends', 'unit', 'office', 'safety', 'thanks'],
};

export const ChoicesForm = v.object({
	mail: v.optional(v.array(v.picklist(categories, 'app.invalid_value')), []),
});

/** Which categories are mailed to this person: what they chose, else what their rhythm says. */
export async function mailedTo(tx: Tx, personId: string): Promise<Set<Category>> {
	const row = await tx.one<{ rhythm: string }>(
		sql`select person.rhythm from people.person where person.id = ${personId}::uuid`,
	);
	const chosen = await tx.many<{ category: Category; rhythm: 'each' | 'none' }>(sql`
		select category, rhythm from notices.choice where choice.person_id = ${personId}::uuid and choice.channel = 'mail'`);
	const mailed = new Set(mailedBy[row?.rhythm ?? ''] ?? []);
	for (const { category, rhythm } of chosen)
		rhythm === 'each' ? mailed.add(category) : mailed.delete(category);
	return mailed;
}

/** The viewer's own choices, as the page shows them. */
export const choicesOf = (viewer: Viewer): Promise<{ category: Category; mailed: boolean }[]> =>
	read(viewer, async (tx) => {
		const mailed = await mailedTo(tx, viewer.id!);
		return categories.map((category) => ({ category, mailed: mailed.has(category) }));
	});

const put = (tx: Tx, personId: string, category: Category, rhythm: 'each' | 'none') =>
	tx.run(sql`
	insert into notices.choice (person_id, category, channel, rhythm) values (${personId}::uuid, ${category}, 'mail', ${rhythm})
	on conflict (person_id, category, channel) do update set rhythm = excluded.rhythm, at = now()`);

/** Keeps, for each category, whether the viewer wants mails of it. */
export const choose = (viewer: Viewer, { mail }: v.InferOutput<typeof ChoicesForm>): Promise<void> =>
	write(viewer, async (tx) => {
		for (const category of categories)
			await put(tx, viewer.id!, category, mail.includes(category) ? 'each' : 'none');
	});

const signed = (personId: string, category: Category) =>
	fingerprint('unsubscribe', `${personId}.${category}`);

/** The word of an address that stops the mails of one category for one person; it opens nothing else. */
export const stopToken = (personId: string, category: Category) =>
	`${personId}.${category}.${signed(personId, category)}`;

/** Whose mails of which category this word stops. Throws NotFound when nobody wrote it. */
export function stoppedBy(token: string): { personId: string; category: Category } {
	const [, personId, category, seal] = /^([0-9a-f-]{36})\.([a-z]+)\.([\w-]+)$/.exec(token) ?? [];
	const known = categories.find((one) => one === category);
	if (!personId || !known || seal !== signed(personId, known)) throw notFound();
	return { personId, category: known };
}

/** Stops the mails of a category by the word of a mail: whoever holds the mail may, signed in or not; again is harmless. */
export const stopMails = (_viewer: Viewer, token: string): Promise<Category> => {
	const { personId, category } = stoppedBy(token);
	return asSystem('unsubscribe', async (tx) => {
		const known = await tx.one(
			sql`select 1 as known from people.person where person.id = ${personId}::uuid and person.erased_at is null`,
		);
		if (known) await put(tx, personId, category, 'none');
		return category;
	});
};
