import * as v from 'valibot';
import { contactOf } from '#domains/people/index.ts';
import { record } from '#platform/audit.ts';
import { asSystem, type Tx, write } from '#platform/db.ts';
import { invalidField } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import { sql } from '#platform/sql.ts';
import type { Viewer } from '#platform/viewer.ts';
import { contacts, fields, reachesContact } from './policy.ts';
import { type Profile, profileIn } from './show.ts';

export const OpenForm = v.object({
	what: v.picklist(['email', 'phone'], 'app.invalid_value'),
	reason: v.pipe(
		v.optional(v.string(), ''),
		v.transform((text) => text.toWellFormed().trim()),
		v.maxLength(200, 'profiles.reason_long'),
	),
});

/** How to reach a person, once opened. `value` is null when they gave none. */
export interface Opened {
	what: 'email' | 'phone';
	value: string | null;
}

/**
 * Opens an e-mail address or a phone number. It is written first who did, and the person reads it; through an office,
 * a reason is asked and the audit has it too. Throws NotFound, Forbidden, Invalid at `reason`.
 */
export async function openContact(
	viewer: Viewer,
	personId: string,
	{ what, reason }: v.InferOutput<typeof OpenForm>,
): Promise<Opened> {
	await write(viewer, async (tx) => {
		const ability = what === 'email' ? 'openEmail' : 'openPhone';
		const may = await tx.one<{
			told: boolean;
			reached: boolean;
		}>(sql`select ${reachesContact(viewer)} as reached,
				exists (select from profiles.field where field.person_id = person.id and field.kind = ${what} and ${fields.see(viewer)}) as told
			from people.person where person.id = ${personId}::uuid and ${contacts[ability](viewer)}`);
		if (!may) return contacts.refuse(tx, viewer, personId);
		if (viewer.id === personId) return;
		const byOffice = may.reached && !may.told;
		if (byOffice && reason.length < 3) throw invalidField('reason', 'profiles.reason_needed');
		await note(tx, viewer, personId, { what, byOffice, reason });
	});
	const contact = await asSystem('contact-opening', (tx) => contactOf(tx, personId));
	return { what, value: (what === 'email' ? contact?.email : contact?.phone) ?? null };
}

interface Note {
	what: 'profile' | 'email' | 'phone';
	byOffice: boolean;
	reason: string;
}

async function note(
	tx: Tx,
	viewer: Viewer,
	personId: string,
	{ what, byOffice, reason }: Note,
): Promise<void> {
	await tx.run(sql`insert into profiles.opening (id, person_id, by_id, what, by_office, reason)
		values (${newId()}, ${personId}, ${viewer.id}::uuid, ${what}, ${byOffice}, ${reason})`);
	if (byOffice)
		await record(tx, {
			actorId: viewer.id,
			act: `profiles.open_${what}`,
			subject: 'person',
			subjectId: personId,
			reason,
		});
}

/**
 * A person's profile as its page opens it: a stranger's opening is written, once a day, and the audit has it when an
 * office allowed it. Throws NotFound.
 */
export const openPerson = (viewer: Viewer, personId: string): Promise<Profile> =>
	write({ ...viewer, requestKey: undefined } as unknown as Viewer, async (tx) => {
		const profile = await profileIn(tx, viewer, personId);
		if (!profile.stranger) return profile;
		const done =
			await tx.one(sql`select 1 as done from profiles.opening where opening.person_id = ${personId}::uuid
			and opening.by_id = ${viewer.id}::uuid and opening.what = 'profile' and opening.at > now() - interval '1 day'`);
		if (!done) await note(tx, viewer, personId, { what: 'profile', byOffice: profile.reached, reason: '' });
		return profile;
	});
