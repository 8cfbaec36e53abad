import * as v from 'valibot';
import { asSystemOnce, read, type Tx } from '#platform/db.ts';
import { invalidField, notFound } from '#platform/errors.ts';
import { house, wordsOf } from '#platform/house.ts';
import { sendMail } from '#platform/mail/queue.ts';
import { fingerprint } from '#platform/seal.ts';
import { sql } from '#platform/sql.ts';
import { cleanName } from '#platform/text/names.ts';
import { throttle } from '#platform/throttle.ts';
import type { Viewer } from '#platform/viewer.ts';
import { units } from '../policy.ts';

const name = v.pipe(
	v.string(),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		try {
			return cleanName(dataset.value);
		} catch {
			addIssue({ message: 'territory.unit_contact_name' });
			return NEVER;
		}
	}),
);

export const ContactForm = v.object({
	name,
	email: v.pipe(
		v.string(),
		v.trim(),
		v.maxLength(200, 'territory.unit_email_shape'),
		v.email('territory.unit_email_shape'),
	),
	text: v.pipe(
		v.string(),
		v.trim(),
		v.minLength(10, 'territory.unit_contact_short'),
		v.maxLength(4_000, 'territory.unit_contact_long'),
	),
	/** Left empty by people, who do not see it. */
	website: v.optional(v.string(), ''),
});

const rates = {
	/** From one place on the network. */
	source: { burst: 5, perHour: 5 },
	/** From one address: it also receives a copy, which must not serve to annoy its owner. */
	sender: { burst: 3, perHour: 0.2 },
	/** To one unit, from everybody together. */
	unit: { burst: 40, perHour: 20 },
};

/**
 * A letter from anybody to who answers for a unit, or for the nearest one above that has somebody. The sender gets a copy
 * without their text. A robot that fills the hidden field is thanked and nothing leaves. `from` is the sender's network address.
 */
export async function contactUnit(
	viewer: Viewer,
	slug: string,
	letter: v.InferOutput<typeof ContactForm>,
	from: string,
): Promise<void> {
	const unit = await read(viewer, (tx) =>
		tx.one<{ id: string; name: string }>(sql`
		select unit.id, unit.name from territory.unit where unit.slug = ${slug} and unit.closed_at is null and ${units.see(viewer)}`),
	);
	if (!unit) throw notFound();
	if (letter.website) return;
	await throttle({
		[`contact:${fingerprint('contact', from)}`]: rates.source,
		[`contact-from:${fingerprint('contact', letter.email.toLowerCase())}`]: rates.sender,
		[`contact-to:${unit.id}`]: rates.unit,
	});
	await asSystemOnce(viewer, 'contact', async (tx) => {
		const readers = await readersOf(tx, unit.id);
		if (!readers.length) throw invalidField('text', 'territory.unit_contact_nobody');
		for (const reader of readers) await sendLetter(tx, unit.name, letter, reader, viewer);
		await sendCopy(tx, unit.name, letter.email, viewer);
	});
}

interface Reader {
	email: string;
	personId: string | null;
	language: 'fr' | 'en' | null;
}

/** The unit's own address and the holders of its leading offices; else those of the nearest unit above. */
const readersOf = (tx: Tx, unitId: string) =>
	tx.many<Reader>(sql`
	with chain as (
		select above.id, above.contact_email, cardinality(above.ancestors) as height from territory.unit
		join territory.unit as above on above.id = any (unit.ancestors) where unit.id = ${unitId}::uuid),
	reader as (
		select chain.height, chain.contact_email as email, null::uuid as person_id, null::text as language
		from chain where chain.contact_email is not null
		union select chain.height, contact.email, person.id, person.language from chain
		join territory.term on term.unit_id = chain.id and term.starts_at <= now() and (term.ends_at is null or term.ends_at > now())
		join territory.office on office.id = term.office_id and office.leads
		join people.person on person.id = term.person_id and person.left_at is null and person.erased_at is null
		join people.contact on contact.person_id = person.id)
	select email, person_id as "personId", language from reader where height = (select max(height) from reader)`);

async function sendLetter(
	tx: Tx,
	unit: string,
	letter: v.InferOutput<typeof ContactForm>,
	reader: Reader,
	viewer: Viewer,
): Promise<void> {
	const { say } = wordsOf(await house(), reader.language ?? undefined);
	await sendMail(tx, {
		to: reader.email,
		personId: reader.personId,
		byId: viewer.id,
		kind: 'territory.contact',
		subject: say('territory.unit_contact_subject', { unit }),
		paragraphs: [say('territory.unit_contact_from', { name: letter.name, email: letter.email }), letter.text],
		footer: [say('territory.unit_contact_why', { unit })],
		...(reader.language && { language: reader.language }),
	});
}

async function sendCopy(tx: Tx, unit: string, email: string, viewer: Viewer): Promise<void> {
	const { say } = wordsOf(await house(), viewer.language);
	await sendMail(tx, {
		to: email,
		kind: 'territory.contact_copy',
		subject: say('territory.unit_contact_copy_subject', { unit }),
		paragraphs: [say('territory.unit_contact_copy', { unit })],
		footer: [say('territory.unit_contact_copy_why')],
		language: viewer.language,
	});
}
